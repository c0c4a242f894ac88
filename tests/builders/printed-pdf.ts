/** The objects of a small file as Chromium prints it: a page with a link, in one font. */
export const PRINTED_OBJECTS = [
  `<</Title (A \\(letter\\) & more)
/Creator (Mozilla/5.0 \\(X11; Linux x86_64\\) HeadlessChrome)
/Producer (Skia/PDF m156)
/CreationDate (D:20261123212648+00'00')
/ModDate (D:20261123212648+00'00')>>`,
  `<</Type /Catalog
/Pages 3 0 R
/MarkInfo <</Type /MarkInfo
/Marked true>>
/Dests 8 0 R
/Lang (ru)>>`,
  '<</Type /Pages\n/Count 1\n/Kids [4 0 R]>>',
  `<</Type /Page
/Resources <</ProcSet [/PDF /Text]
/ExtGState <</G3 9 0 R>>
/Font <</F4 6 0 R>>>>
/MediaBox [0 0 594.95996 841.91998]
/Annots [5 0 R]
/Parent 3 0 R>>`,
  `<</Type /Annot
/Subtype /Link
/F 4
/Border [0 0 0]
/Rect [1 2 3 4]
/Dest /annex-1>>`,
  `<</Type /Font
/Subtype /CIDFontType2
/CIDToGIDMap /Identity
/FontDescriptor 7 0 R>>`,
  `<</Type /FontDescriptor
/FontName /AAAAAA+NotoSerif-Regular
/FontFile2 10 0 R>>`,
  '<</annex-1 [4 0 R /XYZ 0 700 0]>>',
  '<</ca 1\n/BM /Normal>>',
  '<</Filter /FlateDecode\n/Length 4>> stream\n/JS \nendstream',
  '<</Type /StructElem\n/S /TR\n/P 3 0 R>>',
] as const;

/** A file with these objects, and the table of their places that Chromium writes. */
export function aPrintedPdf(objects: readonly string[], header = '%PDF-1.4\n%Óëéá\n'): string {
  let file = header;
  const entries = objects.map((content, i) => {
    const at = file.length;
    file += `${i + 1} 0 obj\n${content}\nendobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const count = objects.length + 1;
  return `${file}xref
0 ${count}
0000000000 65535 f 
${entries.join('')}trailer
<</Size ${count}
/Root 2 0 R
/Info 1 0 R>>
startxref
${file.length}
%%EOF`;
}
