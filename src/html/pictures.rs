//! Pictures of a document by what they are called in Hudu, not by their address: no page loads them by itself, and no
//! message carries an address. A page finds the name behind a picture of one point and asks the background for it.

use url::Url;

use crate::json::Json;

/// In place of a picture's address: one transparent point. What stands behind it is the picture's name.
const POINT: &str = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==#";

/// Where an instance keeps a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Json)]
pub enum PictureOf {
    /// Put into a text.
    PublicPhoto,
    /// A photo of a record.
    Photo,
    /// A file of a record.
    Upload,
}

/// Each place with the word that its addresses begin with.
const PLACES: [(PictureOf, &str); 3] =
    [(PictureOf::PublicPhoto, "public_photo"), (PictureOf::Photo, "photos"), (PictureOf::Upload, "file")];

/// A picture of an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureName {
    /// Where it is kept.
    pub of: PictureOf,
    /// Its number there.
    pub id: i64,
}

impl PictureName {
    /// The picture that an instance's own address means. `numbers` knows the numbers of those that are addressed by a
    /// word (slug and number), in the order of the words.
    pub(super) fn of_address(address: &Url, numbers: &[(String, i64)]) -> Option<Self> {
        let mut parts = address.path_segments()?;
        let (place, key) = (parts.next()?, parts.next()?);
        if parts.any(|part| !part.is_empty()) {
            return None;
        }
        let (of, _) = PLACES.into_iter().find(|(_, word)| *word == place)?;
        let known = numbers.binary_search_by(|(slug, _)| slug.as_str().cmp(key)).ok();
        let known = known.filter(|_| of == PictureOf::PublicPhoto).map(|at| numbers[at].1);
        let id = known.or_else(|| key.parse().ok().filter(|id| *id > 0))?;
        Some(Self { of, id })
    }

    /// What stands in the text as the picture's address.
    pub(super) fn stand_in(self) -> String {
        let word = PLACES.iter().find(|(of, _)| *of == self.of).map_or("", |(_, word)| word);
        format!("{POINT}{word}/{}", self.id)
    }

    /// The picture that a stand-in is for.
    pub fn read(address: &str) -> Option<Self> {
        let (word, id) = address.strip_prefix(POINT)?.split_once('/')?;
        let (of, _) = PLACES.into_iter().find(|(_, known)| *known == word)?;
        Some(Self { of, id: id.parse().ok()? })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn only_pictures_that_the_instance_numbers_have_a_name() {
        let numbers = [("a1b2".to_owned(), 7)];
        let name = |path: &str| {
            PictureName::of_address(&Url::parse("https://acme.example/").unwrap().join(path).unwrap(), &numbers)
        };
        for (path, of, id) in [
            ("/public_photo/a1b2", PictureOf::PublicPhoto, 7),
            ("/public_photo/a1b2?x=1#y", PictureOf::PublicPhoto, 7),
            ("/public_photo/9/", PictureOf::PublicPhoto, 9),
            ("/file/3", PictureOf::Upload, 3),
            ("/photos/4", PictureOf::Photo, 4),
        ] {
            let found = name(path).unwrap();
            assert_eq!(found, PictureName { of, id }, "{path}");
            assert_eq!(PictureName::read(&found.stand_in()), Some(found), "{path}");
        }
        for path in [
            "/public_photo/other",
            "/public_photo/-1",
            "/file/a1b2",
            "/file/3/more",
            "/api/v1/companies",
            "/file/",
            "/",
        ] {
            assert_eq!(name(path), None, "{path}");
        }
        assert_eq!(PictureName::read("https://acme.example/public_photo/1"), None);
    }
}
