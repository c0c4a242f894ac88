/**
 * A whole PDF of one page, as small as Chromium's form allows; `text` stands in its title. The page is
 * empty unless `drawn` is given, the operators of its content.
 */
export function aSmallPdf(
  text: string,
  { boxes = '/MediaBox [0 0 595 842]', drawn }: { boxes?: string; drawn?: string } = {},
): Uint8Array {
  const objects = [
    `<</Title (${text})>>`,
    `<</Type /Page\n/Parent 3 0 R\n${boxes}${drawn === undefined ? '' : '\n/Contents 5 0 R'}>>`,
    '<</Type /Pages\n/Count 1\n/Kids [2 0 R]>>',
    '<</Type /Catalog\n/Pages 3 0 R>>',
    ...(drawn === undefined ? [] : [`<</Length ${drawn.length}>>\nstream\n${drawn}\nendstream`]),
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((content, i) => {
    const at = file.length;
    file += `${i + 1} 0 obj\n${content}\nendobj\n`;
    return String(at).padStart(10, '0');
  });
  const count = objects.length + 1;
  const table = offsets.map((at) => `${at} 00000 n \n`).join('');
  const start = file.length;
  const id = 'A1B2C3D4'.repeat(4);
  file += `xref\n0 ${count}\n0000000000 65535 f \n${table}trailer\n<</Size ${count}\n/Root 4 0 R\n/Info 1 0 R\n/ID [<${id}> <${id}>]>>\nstartxref\n${start}\n%%EOF`;
  return new TextEncoder().encode(file);
}
