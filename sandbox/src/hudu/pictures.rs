//! Small real pictures for the seed: line drawings as SVG, a plain PNG for what was a photograph.

use super::store::Blob;

/// A picture for this name and caption. The same name always gives the same picture.
pub(super) fn picture(name: &str, caption: &str) -> (String, Blob) {
    let mark: u32 = name.bytes().fold(7, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
    let diagram = ["diagram", "flow", "plan", "survey", "rack", "bays"].iter().any(|word| name.contains(word));
    if diagram {
        let blob = Blob { mime: "image/svg+xml".to_owned(), bytes: drawing(mark, caption).into_bytes() };
        (format!("{name}.svg"), blob)
    } else {
        (format!("{name}.png"), Blob { mime: "image/png".to_owned(), bytes: screen(mark) })
    }
}

/// Boxes and the lines between them, with the caption below.
fn drawing(mark: u32, caption: &str) -> String {
    let mut shapes = String::new();
    for place in 0..5_u32 {
        let x = 30 + place * 120;
        let y = 60 + (mark >> (place * 4)) % 4 * 45;
        if place > 0 {
            let before = 60 + (mark >> ((place - 1) * 4)) % 4 * 45;
            shapes.push_str(&format!("<path d='M{} {} L{} {}'/>", x - 40, before + 20, x, y + 20));
        }
        shapes.push_str(&format!("<rect x='{x}' y='{y}' width='80' height='40' rx='6'/>"));
    }
    let caption = super::pages::escape(caption);
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 640 320' width='640' height='320'>\
         <rect width='640' height='320' fill='#f4f6f8'/>\
         <g fill='#ffffff' stroke='#33566b' stroke-width='2'>{shapes}</g>\
         <text x='320' y='300' text-anchor='middle' font-family='sans-serif' font-size='16' fill='#33566b'>{caption}</text></svg>"
    )
}

const WIDTH: usize = 320;
const HEIGHT: usize = 180;

/// A window with a title bar and lines of text, in a colour of its own.
fn screen(mark: u32) -> Vec<u8> {
    let hue = [40 + (mark % 120) as u8, 70 + (mark / 7 % 100) as u8, 110 + (mark / 49 % 90) as u8];
    let palette = [hue, [245, 247, 249], [150, 160, 170]].concat();
    let mut rows = Vec::with_capacity(HEIGHT * (WIDTH + 1));
    for y in 0..HEIGHT {
        rows.push(0); // no row filter
        let start = rows.len();
        rows.resize(start + WIDTH, u8::from(y >= 24));
        if y > 36 && y % 18 < 6 {
            let end = 120 + (y * 7 + mark as usize) % 160;
            rows[start + 20..start + end].fill(2);
        }
    }
    png(&palette, &rows)
}

/// A PNG with a palette and no compression, which every decoder reads.
fn png(palette: &[u8], rows: &[u8]) -> Vec<u8> {
    let mut head = Vec::new();
    head.extend_from_slice(&(WIDTH as u32).to_be_bytes());
    head.extend_from_slice(&(HEIGHT as u32).to_be_bytes());
    head.extend_from_slice(&[8, 3, 0, 0, 0]);
    let mut data = vec![0x78, 0x01];
    let mut blocks = rows.chunks(0xffff).peekable();
    while let Some(block) = blocks.next() {
        data.push(u8::from(blocks.peek().is_none()));
        let length = block.len() as u16;
        data.extend_from_slice(&length.to_le_bytes());
        data.extend_from_slice(&(!length).to_le_bytes());
        data.extend_from_slice(block);
    }
    data.extend_from_slice(&adler(rows).to_be_bytes());
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, content) in [(b"IHDR", head.as_slice()), (b"PLTE", palette), (b"IDAT", data.as_slice()), (b"IEND", &[])]
    {
        file.extend_from_slice(&(content.len() as u32).to_be_bytes());
        let start = file.len();
        file.extend_from_slice(kind);
        file.extend_from_slice(content);
        let sum = crc(&file[start..]);
        file.extend_from_slice(&sum.to_be_bytes());
    }
    file
}

fn adler(bytes: &[u8]) -> u32 {
    let (mut a, mut b) = (1_u32, 0_u32);
    // 5552 bytes are the most whose sums stay below 2^32.
    for chunk in bytes.chunks(5552) {
        for byte in chunk {
            a += u32::from(*byte);
            b += a;
        }
        a %= 65_521;
        b %= 65_521;
    }
    (b << 16) | a
}

const CRC: [u32; 256] = crc_table();

const fn crc_table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut place = 0;
    while place < 256 {
        let mut sum = place as u32;
        let mut bit = 0;
        while bit < 8 {
            sum = if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 };
            bit += 1;
        }
        table[place] = sum;
        place += 1;
    }
    table
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| (sum >> 8) ^ CRC[usize::from(sum as u8 ^ *byte)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_checksums() {
        assert_eq!(crc(b"IEND"), 0xae42_6082);
        assert_eq!(adler(b"Wikipedia"), 0x11e6_0398);
    }
}
