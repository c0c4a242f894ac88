import { execFileSync } from 'node:child_process';

// What `exiftool -a -G1` may show of a covered clip, each name by itself: the file, its kind, geometry,
// coding and duration. Dates stand in every MP4; they must be the empty ones.
const ALLOWED = [
  /^(SourceFile|ExifTool:ExifToolVersion|System:\w+|File:(FileType|FileTypeExtension|MIMEType))$/,
  /^Composite:(ImageSize|Megapixels|AvgBitrate|Rotation)$/,
  /^QuickTime:(MajorBrand|MinorVersion|CompatibleBrands|MovieHeaderVersion|TimeScale|Duration|NextTrackID)$/,
  /^QuickTime:(PreferredRate|PreferredVolume|MatrixStructure|MediaData|MediaDataSize|MediaDataOffset)$/,
  /^QuickTime:(PreviewTime|PreviewDuration|PosterTime|SelectionTime|SelectionDuration|CurrentTime)$/,
  /^Track1:(TrackHeaderVersion|TrackID|TrackDuration|TrackLayer|TrackVolume|MatrixStructure)$/,
  /^Track1:(ImageWidth|ImageHeight|SourceImageWidth|SourceImageHeight|XResolution|YResolution|BitDepth)$/,
  /^Track1:(MediaHeaderVersion|MediaTimeScale|MediaDuration|HandlerType|GraphicsMode|OpColor)$/,
  /^Track1:(CompressorID|AVCConfiguration|VideoFrameRate|TimeToSampleTable|SyncSampleTable|SampleToChunk)$/,
  /^Track1:(SampleSizes|ChunkOffset|ChunkOffset64|ColorProfiles|ColorPrimaries|TransferCharacteristics)$/,
  /^Track1:(MatrixCoefficients|VideoFullRangeFlag)$/,
];
const EMPTY_DATE = /^(QuickTime|Track1):(Track|Media)?(Create|Modify)Date$/;

/** The tags that exiftool finds in a clip beyond those that a covered one may have; warnings too. */
export function tagsBeyondGeometry(file: string): string[] {
  const args = ['-a', '-G1', '-j', '-ee3', '-U', file];
  const [tags] = JSON.parse(execFileSync('exiftool', args, { encoding: 'utf8' })) as [
    Record<string, unknown>,
  ];
  return Object.entries(tags)
    .filter(([name, value]) => {
      if (EMPTY_DATE.test(name)) return value !== '0000:00:00 00:00:00';
      if (name === 'Track1:MediaLanguageCode') return value !== 'und';
      return !ALLOWED.some((allowed) => allowed.test(name));
    })
    .map(([name, value]) => `${name}=${String(value)}`);
}
