//! What `#[json(…)]` says.

use syn::{Attribute, LitStr, Result};

/// Attributes of the type.
#[derive(Default)]
pub struct Container {
    /// Missing members are those of the type's default.
    pub default: bool,
    /// The member that names the variant.
    pub tag: Option<String>,
    /// The member that holds what the variant holds.
    pub content: Option<String>,
}

impl Container {
    /// Reads the attributes of a type.
    pub fn read(attributes: &[Attribute]) -> Result<Self> {
        let mut read = Self::default();
        for attribute in json(attributes) {
            attribute.parse_nested_meta(|meta| {
                if meta.path.is_ident("default") {
                    read.default = true;
                } else if meta.path.is_ident("tag") {
                    read.tag = Some(meta.value()?.parse::<LitStr>()?.value());
                } else if meta.path.is_ident("content") {
                    read.content = Some(meta.value()?.parse::<LitStr>()?.value());
                } else {
                    return Err(meta.error("not known"));
                }
                Ok(())
            })?;
        }
        Ok(read)
    }
}

/// Attributes of a member.
#[derive(Default)]
pub struct Member {
    /// Missing is the default of its type.
    pub default: bool,
    /// Not written where it is `None`.
    pub omit: bool,
    /// Neither written nor read.
    pub skip: bool,
    /// Its members stand in this object.
    pub flat: bool,
    /// Its name, where JSON has another.
    pub name: Option<String>,
}

impl Member {
    /// Reads the attributes of a member.
    pub fn read(attributes: &[Attribute]) -> Result<Self> {
        let mut read = Self::default();
        for attribute in json(attributes) {
            attribute.parse_nested_meta(|meta| {
                if meta.path.is_ident("name") {
                    read.name = Some(meta.value()?.parse::<LitStr>()?.value());
                    return Ok(());
                }
                let flag = match &meta.path {
                    path if path.is_ident("default") => &mut read.default,
                    path if path.is_ident("omit") => &mut read.omit,
                    path if path.is_ident("skip") => &mut read.skip,
                    path if path.is_ident("flat") => &mut read.flat,
                    _ => return Err(meta.error("not known")),
                };
                *flag = true;
                Ok(())
            })?;
        }
        Ok(read)
    }
}

fn json(attributes: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("json"))
}
