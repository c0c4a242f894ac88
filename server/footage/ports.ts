import type { JsonValue } from '../kernel/canonical-json.ts';
import type { Sha256 } from '../kernel/digest.ts';
import type { RenderingSettings } from './copy/rendering-settings.ts';
import type { FrameGrid } from './frame-grid.ts';
import type { FrameIndex } from './frame-index.ts';
import type { FrameSpan } from './frame-span.ts';
import type { PresenceLog } from './presence/presence-log.ts';
import type { Recording, RedactedCopy } from './recording.ts';
import type { ToolVersions } from './tool-versions.ts';

/** A recording that tools can read for the length of a job. */
export interface MediaSource {
  /** Opens it; `close` must be called when the job ends, whatever happened. */
  open(): Promise<OpenMedia>;
}

/** Where an open recording can be read: a `file:` address, or a loopback one of an encrypted blob. */
export interface OpenMedia {
  readonly url: string;
  /** The only protocols that tools may use to read it. */
  readonly protocols: 'file' | 'http,tcp';
  close(): Promise<void>;
}

/** What a recording says of itself, checked against what can be handled. */
export interface SourceFacts {
  /** Number of the video stream that is used; pictures attached to a file are none. */
  readonly stream: number;
  readonly codec: string;
  /** Pixels as coded, before rotation and before pixels are made square. */
  readonly codedWidthPx: number;
  readonly codedHeightPx: number;
  /** Width of a pixel over its height. */
  readonly pixelAspect: number;
  /** How far the picture must be turned clockwise to be seen upright. */
  readonly rotationDegrees: 0 | 90 | 180 | 270;
  /** True when it is to be mirrored left to right before it is turned. */
  readonly mirrored: boolean;
  readonly timeBase: readonly [number, number];
  readonly times: FrameIndex['times'];
  /** Size of the displayed frame, even. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** Frames that the container promises; null when it promises none. */
  readonly promisedFrames: number | null;
  /** Length that it promises where it counts no frames; null when it promises none. */
  readonly promisedSeconds: number | null;
  readonly colour: Colour;
  /** True when frames are decoded as copies show them: planes of yuv420p in limited range. */
  readonly limitedYuv420p: boolean;
}

/** How the numbers of a picture mean colours, in the terms of ffmpeg; null where not said. */
export interface Colour {
  readonly primaries: string | null;
  readonly transfer: string | null;
  readonly matrix: string | null;
}

/** An opened and checked recording, to be read as often as needed. */
export interface OpenFootage {
  readonly facts: SourceFacts;
  readonly grid: FrameGrid;
  /** Looks through the packets of the video stream without decoding them: once, however often it is asked. */
  listPackets(): Promise<Packets>;
  /**
   * Decodes the whole clip once. Every frame is handed over as cells in the layout of yuv420p;
   * the array is overwritten after `onFrame` returns.
   *
   * @param entry - where to begin, when not at the start; see {@link OpenFootage.readSpan}.
   * @param onTick - told the best-effort time of each frame in turn, in ticks of the source's time
   *   base: as it is decoded, which may be before or after its cells come.
   * @param strict - fails (`DECODE_FAILED`) as soon as anything is amiss, be it made up for.
   */
  readCells(options: {
    /** Decodes key frames alone; the others do not count. */
    keyFramesOnly?: boolean;
    entry?: Entry | null;
    strict?: boolean;
    onFrame: (frame: Uint8Array, frameNumber: number) => void | Promise<void>;
    onTick: (tick: number) => void;
  }): Promise<void>;
  /**
   * Decodes the frames of `span` as cells in the layout of yuv420p, alike.
   *
   * @param entry - where to begin, when not at the start. Containers lie about their times: the
   *   caller checks that the frames are those that it asked for.
   * @returns how many there were.
   */
  readSpan(
    span: FrameSpan,
    onFrame: (frame: Uint8Array, frameNumber: number) => void | Promise<void>,
    entry?: Entry | null,
  ): Promise<number>;
  /**
   * Decodes one frame: planes of yuv420p at full size, and its cells. Null when the clip ends before.
   *
   * @param entry - where to begin, when not at the start. Containers lie about their times: the
   *   caller checks that the frame is the one that it asked for.
   */
  readFrame(
    frameNumber: number,
    entry?: Entry | null,
  ): Promise<{ planes: Uint8Array; cells: Uint8Array } | null>;
  /** Decodes some frames at full size: planes of yuv420p, in the order asked for (ascending). */
  readFull(frameNumbers: readonly number[]): Promise<Uint8Array[]>;
  /** The whole clip, small and coded fast, as an MP4 that plays while it comes. It shows everybody. */
  viewingCopy(): AsyncIterable<Uint8Array>;
  /**
   * Decodes a span, covers it, codes it, and decodes what was coded: all at once. The frames lie
   * in `workFolder` afterwards; they begin with a key frame.
   *
   * @param masks - one plane of tilesX × tilesY per frame of the span: 255 covered, 0 shown.
   * @param onFrame - called for each frame that was decoded again, with the original's cells in
   *   the layout of yuv420p beside it; null where the original has no such frame. Both are
   *   overwritten after it returns.
   */
  coverSpan(options: {
    span: FrameSpan;
    entry: Entry | null;
    /** A whole number: spaces key frames and tells the coder how fast time passes. */
    framesPerSecond: number;
    masks: Iterable<Uint8Array>;
    settings: RenderingSettings;
    workFolder: string;
    signal: AbortSignal;
    onFrame: (copy: CopyFrame, original: Uint8Array | null, at: number) => void;
  }): Promise<PendingFrames>;
  /**
   * Writes coded frames as a copy.
   *
   * @param durations - ticks for which each frame is shown; as many as there are frames.
   */
  writeCopy(options: {
    parts: readonly CodedFrames[];
    durations: readonly number[];
    outPath: string;
  }): Promise<PendingCopy>;
}

/** What is known of the packets of a video stream. */
export interface Packets {
  /** All, and those that an edit list shows: they tell when a decode ended early, and nothing else. */
  readonly all: number;
  readonly shown: number;
  /** How many of the shown ones have a time. */
  readonly timed: number;
  /** Times of those that say they need no other, in ticks; empty where packets have no times. */
  readonly keyTicks: readonly number[];
  /** For each of these, how many of the shown ones have an earlier time. */
  readonly keyPlaces: readonly number[];
  /** The earliest and the latest time; null where packets have no times. */
  readonly ends: readonly [first: number, last: number] | null;
  /** For how long a picture is shown at most: between two times, or by the last packet's own word. In ticks. */
  readonly longestShown: number;
}

/** Where to begin reading in the middle of a recording. In ticks of its time base. */
export interface Entry {
  /** What the tool is told to jump to; it goes to a key frame at or before it, if all is well. */
  readonly aimTick: number;
  /** Times of the first frame wanted, and of the first one after the last; null at the clip's end. */
  readonly fromTick: number;
  readonly toTick: number | null;
}

/** Coded frames that a player can begin with. */
export interface CodedFrames extends CodedFacts {
  /** Their bytes, each with its length in front, as an MP4 holds them. */
  read(): AsyncIterable<Uint8Array>;
}

/** Coded frames that lie in a work folder. */
export interface PendingFrames extends CodedFrames {
  /** Removes them. */
  discard(): Promise<void>;
}

/** What is known of coded frames besides their bytes. */
export interface CodedFacts {
  readonly sizesBytes: readonly number[];
  /** Numbers of those that need no other, from 0. */
  readonly keyFrames: readonly number[];
  /** SHA-256 of each, 32 bytes each. */
  readonly frameDigests: Uint8Array;
  /** The sequence's and the picture's parameter set (H.264, 7.3.2). */
  readonly sequence: Uint8Array;
  readonly picture: Uint8Array;
}

/** A copy that was written but is not yet in its place. */
export interface PendingCopy {
  readonly sizeBytes: number;
  readonly sha256: Sha256;
  /** Reads it back as a stranger would; nothing is decoded. */
  inspect(): Promise<CopyFacts>;
  /** Puts it in its place at once and durably. */
  publish(): Promise<void>;
  /** Removes it. Safe to call at any time, more than once; what was published stays. */
  discard(): Promise<void>;
}

/** One decoded frame of the copy: the planes of yuv420p, and the cells of luma. */
export interface CopyFrame {
  readonly y: Uint8Array;
  readonly u: Uint8Array;
  readonly v: Uint8Array;
  readonly cells: Uint8Array;
}

/** What a copy holds besides pixels. */
export interface CopyFacts {
  /** SHA-256 of each coded frame as a demultiplexer of other hands gives it, 32 bytes each. */
  readonly frameDigests: Uint8Array;
  /** {@link parameterSetsDigest} of what stands in the file's head. */
  readonly parameterSets: Sha256;
  /** Kinds of all streams, for example ["video"]. */
  readonly streams: readonly string[];
  /** What no bare copy holds: names of boxes, tags, kinds of coded units, dates. */
  readonly foreign: readonly string[];
  readonly timeBase: readonly [number, number];
  /** Time of each frame, in ticks. */
  readonly ticks: ArrayLike<number>;
}

/** Opens recordings and reads, covers and writes them. */
export interface FootageMedia {
  /**
   * Opens and checks a recording, hands it to `use`, and closes it.
   *
   * @throws {FootageError} one of the codes for recordings that cannot be handled.
   */
  withFootage<T>(
    source: MediaSource,
    signal: AbortSignal | undefined,
    use: (footage: OpenFootage) => Promise<T>,
  ): Promise<T>;
  /** Asks the tools for their versions. */
  toolVersions(): Promise<ToolVersions>;
}

/**
 * Keeps what was worked out on the way to a copy, so that it need not be done again after an edit
 * or after the machine died. All of it may be lost at any time: then it is done again.
 */
export interface WorkStore {
  /** What was kept under a name, whole and unchanged; null when there is nothing. */
  find(name: Sha256): Promise<KeptWork | null>;
  /** Keeps it durably; what is under the name already stays. */
  keep(name: Sha256, facts: JsonValue, bytes: AsyncIterable<Uint8Array>): Promise<KeptWork>;
  /** Forgets one piece; there need not be any. */
  forget(name: Sha256): Promise<void>;
  /** Forgets everything but these. */
  retain(names: ReadonlySet<Sha256>): Promise<void>;
}

/** A piece of work: facts in words, and bytes. */
export interface KeptWork {
  readonly facts: JsonValue;
  /** Its bytes by pieces, each of which the next may overwrite. */
  read(): AsyncIterable<Uint8Array>;
}

/** Encodes and shows pictures to people. */
export interface PictureCodec {
  /** A PNG of planes of yuv420p, limited range (BT.709 from 720 lines on, else BT.601). */
  encodePng(planes: Uint8Array, widthPx: number, heightPx: number): Promise<Uint8Array>;
}

/** Where recordings and their copies are listed. Everything but ids is sealed. */
export interface RecordingStore {
  addRecording(recording: Recording): Promise<void>;
  /** Throws {FootageError} `RECORDING_UNKNOWN`. */
  recording(id: string): Promise<Recording>;
  /** Replaces what was known of a recording. Throws {FootageError} `RECORDING_UNKNOWN`. */
  saveRecording(recording: Recording): Promise<void>;
  addCopy(copy: RedactedCopy): Promise<void>;
  /** Throws {FootageError} `COPY_UNKNOWN`. */
  copy(id: string): Promise<RedactedCopy>;
  copiesOf(recording: string): Promise<readonly RedactedCopy[]>;
  /** The newest first. */
  listRecordings(limit: number): Promise<readonly Recording[]>;
}

/** Where pictures of recordings are found again. The name of one says of which analysis it is. */
export interface PictureStore {
  picture(of: {
    recording: string;
    name: string;
  }): Promise<{ blob: string; sha256: Sha256 } | null>;
  /** Keeps a picture unless there is one of that name; returns the one that stands. */
  keepPicture(
    of: { recording: string; name: string },
    picture: { blob: string; sha256: Sha256 },
  ): Promise<{ blob: string; sha256: Sha256 }>;
}

/** A plan as somebody saved it. Every version is kept. */
export interface SavedPlan {
  /** From 1. */
  readonly version: number;
  readonly plan: JsonValue;
}

/** Where plans are kept, sealed. */
export interface PlanStore {
  /** The latest plan; null when there is none yet. */
  latestPlan(recording: string): Promise<SavedPlan | null>;
  plan(recording: string, version: number): Promise<SavedPlan | null>;
  /** Adds a version after `after` (0 for the first); false when somebody was faster. */
  addPlan(recording: string, after: number, plan: JsonValue): Promise<boolean>;
}

/** Where presence logs are kept, sealed. */
export interface PresenceStore {
  /** Returns the id of the log. */
  addLog(log: PresenceLog): Promise<string>;
  /** Throws {PresenceError} `PRESENCE_LOG_UNKNOWN`. */
  log(id: string): Promise<PresenceLog>;
  /** All of them, each with its id. */
  logs(): Promise<ReadonlyArray<{ readonly id: string; readonly log: PresenceLog }>>;
}

/** Notes a step in the custody log; `detail` is sealed there. */
export type RecordCustody = (event: {
  kind: 'received' | 'analysed' | 'redacted';
  role: string;
  detail: JsonValue;
}) => Promise<{ index: number }>;

/** A folder for covered output under proof, and the bytes of what was written there. */
export interface ProofFolder {
  /** Hands over a private folder, and wipes it afterwards. */
  withFolder<T>(use: (folder: string) => Promise<T>): Promise<T>;
  /** The path of a file in a folder. */
  pathIn(folder: string, name: string): string;
  read(path: string): AsyncIterable<Uint8Array>;
}
