//! What `#[json(…)]` says.

use syn::{Attribute, LitInt, LitStr, Result};

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
                } else if meta.path.is_ident("said") {
                    // For whoever gathers the sentences: what its members mean is translated.
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
    /// Null is as good as missing, and its schema says so.
    pub null: bool,
    /// The least that a number is, or that a list holds.
    pub least: Option<i64>,
    /// The most that a number is, or that a list holds.
    pub most: Option<i64>,
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
                if let Some(bound) = match &meta.path {
                    path if path.is_ident("least") => Some(&mut read.least),
                    path if path.is_ident("most") => Some(&mut read.most),
                    _ => None,
                } {
                    *bound = Some(meta.value()?.parse::<LitInt>()?.base10_parse()?);
                    return Ok(());
                }
                let flag = match &meta.path {
                    path if path.is_ident("default") => &mut read.default,
                    path if path.is_ident("omit") => &mut read.omit,
                    path if path.is_ident("skip") => &mut read.skip,
                    path if path.is_ident("flat") => &mut read.flat,
                    path if path.is_ident("null") => &mut read.null,
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
