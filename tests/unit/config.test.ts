import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '../../server/config.ts';

/** What reading throws; fails when it throws nothing. */
function refusalOf(env: Record<string, string>): ConfigError {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the settings were accepted');
}

const DEFAULTS = {
  dataDir: 'storage',
  port: 8080,
  host: '127.0.0.1',
  publicUrl: undefined,
  vaultPassphrase: undefined,
  vaultKeyFile: undefined,
  timestampUrls: [],
  chromiumPath: '/usr/bin/chromium',
  ffmpegPath: '/usr/bin/ffmpeg',
};

describe('reading the configuration', () => {
  test('an empty environment gives the defaults', () => {
    expect(readConfig({})).toEqual(DEFAULTS);
  });

  test('an empty variable is one that is not set', () => {
    const empty = {
      DALIL_DATA: '',
      DALIL_PORT: '',
      DALIL_HOST: '',
      DALIL_PUBLIC_URL: '',
      DALIL_VAULT_PASSPHRASE: '',
      DALIL_VAULT_KEYFILE: '',
      DALIL_TSA_URLS: '',
      DALIL_CHROMIUM: '',
      DALIL_FFMPEG: '',
    };
    expect(readConfig(empty)).toEqual(DEFAULTS);
  });

  test('what is set is taken, and what is not of Dalil is left alone', () => {
    const config = readConfig({
      DALIL_DATA: '/srv/dalil',
      DALIL_PORT: '9443',
      DALIL_HOST: '::1',
      DALIL_PUBLIC_URL: 'https://dalil.example.org',
      DALIL_VAULT_KEYFILE: '/media/key',
      DALIL_TSA_URLS: 'https://one.example.org/tsa, http://two.example.org',
      DALIL_CHROMIUM: '/opt/chromium',
      DALIL_FFMPEG: '/opt/ffmpeg',
      HOME: '/root',
    });
    expect(config).toEqual({
      dataDir: '/srv/dalil',
      port: 9443,
      host: '::1',
      publicUrl: 'https://dalil.example.org',
      vaultPassphrase: undefined,
      vaultKeyFile: '/media/key',
      timestampUrls: ['https://one.example.org/tsa', 'http://two.example.org'],
      chromiumPath: '/opt/chromium',
      ffmpegPath: '/opt/ffmpeg',
    });
  });

  test('it cannot be changed, nor can what is in it', () => {
    const config = readConfig({ DALIL_TSA_URLS: 'https://one.example.org' });
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.timestampUrls)).toBe(true);
  });
});

describe('faulty settings', () => {
  const faulty = {
    DALIL_PORT: '99999',
    DALIL_PUBLIC_URL: 'ftp://hidden.example.org',
    DALIL_VAULT_PASSPHRASE: 'hunter2',
    DALIL_TSA_URLS: 'https://good.example.org, no-address',
  };

  test('are named all at once, each once, and the sound ones not', () => {
    const { code, message } = refusalOf({ ...faulty, DALIL_HOST: '10.0.0.1' });
    expect(code).toBe('CONFIG_INVALID');
    expect(message.match(/DALIL_\w+/g)).toEqual(Object.keys(faulty));
  });

  test('are never shown by value, not even in what is logged', () => {
    const error = refusalOf(faulty);
    const told = `${error.message} ${String(error.stack)} ${JSON.stringify(error.cause ?? null)}`;
    for (const value of Object.values(faulty)) {
      for (const part of value.split(', ')) expect(told).not.toContain(part);
    }
  });

  test.each([
    ['DALIL_PORT', '-1'],
    ['DALIL_PORT', '65536'],
    ['DALIL_PORT', '80.5'],
    ['DALIL_PORT', 'http'],
    ['DALIL_PUBLIC_URL', 'dalil.example.org'],
    ['DALIL_PUBLIC_URL', 'javascript:alert(1)'],
    ['DALIL_TSA_URLS', 'file:///etc/passwd'],
    ['DALIL_VAULT_PASSPHRASE', 'seven77'],
  ])('%s cannot be %s', (name, value) => {
    expect(refusalOf({ [name]: value }).message).toContain(name);
  });
});
