/** A whole PDF of one empty page, as small as Chromium's form allows; `text` stands in its title. */
export function aSmallPdf(text: string): Uint8Array {
  const objects = [
    `<</Title (${text})>>`,
    '<</Type /Page\n/Parent 3 0 R\n/MediaBox [0 0 595 842]>>',
    '<</Type /Pages\n/Count 1\n/Kids [2 0 R]>>',
    '<</Type /Catalog\n/Pages 3 0 R>>',
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((content, i) => {
    const at = file.length;
    file += `${i + 1} 0 obj\n${content}\nendobj\n`;
    return String(at).padStart(10, '0');
  });
  const table = offsets.map((at) => `${at} 00000 n \n`).join('');
  const start = file.length;
  const id = 'A1B2C3D4'.repeat(4);
  file += `xref\n0 5\n0000000000 65535 f \n${table}trailer\n<</Size 5\n/Root 4 0 R\n/Info 1 0 R\n/ID [<${id}> <${id}>]>>\nstartxref\n${start}\n%%EOF`;
  return new TextEncoder().encode(file);
}
