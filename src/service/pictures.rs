//! Pictures of documents, through Hudu's interface: no page loads one by itself, and none comes from elsewhere.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::html::{PictureName, PictureOf};
use crate::http::ApiError;
use crate::mark;
use crate::protocol::Reply;
use crate::service::{Service, ServiceError};
use crate::settings;

/// Bytes of the largest picture that is shown.
const LARGEST: usize = 6_000_000;

const TOO_LARGE: &str = mark!("This picture is larger than 6 MB. Open the document in Hudu to see it.");
const NO_PICTURE: &str = mark!("This file is no picture that a browser shows. Open the document in Hudu to see it.");
const ELSEWHERE: &str = mark!(
    "Hudu keeps this picture on another server, which Sidelight does not ask. Open the document in Hudu to see it."
);

impl Service {
    /// A picture as a `data:` address; nothing where the user wants none unasked.
    pub(super) async fn picture(&self, of: PictureOf, id: i64, asked: bool) -> Result<Reply, ServiceError> {
        if !asked && !settings::load(self.host()).await?.frame.pictures {
            return Ok(Reply::Picture { url: None });
        }
        let (said, bytes) = match self.sides().await?.hudu.picture(PictureName { of, id }).await {
            Ok(found) => found,
            Err(ApiError::NotAnApi { .. }) => return Err(ServiceError::Picture(ELSEWHERE)),
            Err(error) => return Err(error.into()),
        };
        if bytes.len() > LARGEST {
            return Err(ServiceError::Picture(TOO_LARGE));
        }
        let kind = kind(&said, &bytes).ok_or(ServiceError::Picture(NO_PICTURE))?;
        Ok(Reply::Picture { url: Some(format!("data:{kind};base64,{}", STANDARD.encode(&bytes))) })
    }
}

/// The kind of a picture by how it begins, whatever the server says. A drawing (SVG) has no such mark; as a picture it
/// runs nothing and loads nothing.
fn kind(said: &str, bytes: &[u8]) -> Option<&'static str> {
    const MARKS: [(&[u8], &str); 5] = [
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"GIF8", "image/gif"),
        (b"BM", "image/bmp"),
        (b"RIFF", "image/webp"),
    ];
    let marked = MARKS.into_iter().find(|(mark, _)| bytes.starts_with(mark)).map(|(_, kind)| kind);
    marked.filter(|kind| *kind != "image/webp" || bytes.get(8..12) == Some(b"WEBP")).or_else(|| {
        let text = bytes.trim_ascii_start();
        let drawing = said.starts_with("image/svg") && (text.starts_with(b"<svg") || text.starts_with(b"<?xml"));
        drawing.then_some("image/svg+xml")
    })
}

#[cfg(test)]
mod tests {
    use super::kind;

    #[test]
    fn a_picture_is_told_by_its_beginning() {
        let cases: [(&str, &[u8], Option<&str>); 7] = [
            ("text/html", b"\x89PNG\r\n\x1a\n..", Some("image/png")),
            ("", b"\xff\xd8\xff\xe0", Some("image/jpeg")),
            ("", b"RIFF\0\0\0\0WEBPVP8 ", Some("image/webp")),
            ("image/webp", b"RIFF\0\0\0\0WAVE", None),
            ("image/svg+xml; charset=utf-8", b"\n<svg xmlns=''/>", Some("image/svg+xml")),
            ("text/html", b"<svg/>", None),
            ("image/png", b"<html><script>x</script>", None),
        ];
        for (said, bytes, wanted) in cases {
            assert_eq!(kind(said, bytes), wanted, "{said}");
        }
    }
}
