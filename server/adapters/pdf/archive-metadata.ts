/** What a file says of itself. */
export interface FileFacts {
  readonly title: string;
  readonly creator: string;
  readonly producer: string;
  /** `YYYY-MM-DD`, at midnight UTC. */
  readonly date: string;
  /** The part of PDF/A, at level b, that it may say it follows; null for none. */
  readonly part: 2 | 3 | null;
}

/** Characters that XML 1.0 has no way to write (2.2). */
const UNWRITABLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
/** The mark of a packet, the same in all files (XMP part 1, 7.3.2). */
const PACKET_ID = 'W5M0MpCehiHzreSzNTczkc9d';

/**
 * The metadata of a file as an XMP packet, in UTF-8. It says nothing but what the document
 * information says, in the same words, and what the file was prepared for.
 *
 * @see ISO 16684-1 (XMP); ISO 19005-2, 6.6 (metadata) and 6.6.4 (identification)
 */
export function archiveMetadata(facts: FileFacts): Uint8Array {
  const at = `${facts.date}T00:00:00+00:00`;
  const identified =
    facts.part === null
      ? ''
      : `\n   <pdfaid:part>${facts.part}</pdfaid:part>\n   <pdfaid:conformance>B</pdfaid:conformance>`;
  return new TextEncoder().encode(`<?xpacket begin="\ufeff" id="${PACKET_ID}"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
    xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
   <dc:format>application/pdf</dc:format>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">${written(facts.title)}</rdf:li></rdf:Alt></dc:title>
   <xmp:CreatorTool>${written(facts.creator)}</xmp:CreatorTool>
   <xmp:CreateDate>${at}</xmp:CreateDate>
   <xmp:ModifyDate>${at}</xmp:ModifyDate>
   <pdf:Producer>${written(facts.producer)}</pdf:Producer>${identified}
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>`);
}

/** Whether the packet can say a text as it is. */
export function isWritable(text: string): boolean {
  return text.search(UNWRITABLE) < 0;
}

function written(text: string): string {
  return text
    .replace(UNWRITABLE, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
