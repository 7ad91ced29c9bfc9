//! `#[derive(Shape)]`: the JSON schema of what `#[derive(Json)]` writes.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DataEnum, DeriveInput, Error, Fields, FieldsNamed, Result};

use crate::about::about;
use crate::attributes::{Container, Member};
use crate::members::key;
use crate::variants::snake;

/// The implementation for this type.
pub fn derive(input: &DeriveInput) -> Result<TokenStream> {
    let container = Container::read(&input.attrs)?;
    let shape = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => members(fields, None)?,
            other => return Err(Error::new_spanned(other, "members need names")),
        },
        Data::Enum(data) => of_enum(data, &container)?,
        Data::Union(data) => return Err(Error::new_spanned(data.union_token, "a union has no JSON")),
    };
    let name = &input.ident;
    Ok(quote! {
        impl ::sidelight::json::Shape for #name {
            fn shape() -> ::sidelight::json::Value {
                #shape
            }
        }
    })
}

/// An object of these members; `named` stands first: the member that names a variant, and its word.
fn members(fields: &FieldsNamed, named: Option<(&str, &str)>) -> Result<TokenStream> {
    let mut code = TokenStream::new();
    if let Some((tag, word)) = named {
        code.extend(quote! { .put(#tag, ::sidelight::json::shape::one_of(&[#word]), "", true) });
    }
    for field in &fields.named {
        let member = Member::read(&field.attrs)?;
        if member.skip {
            continue;
        }
        let ty = &field.ty;
        let mut shape = quote! { <#ty as ::sidelight::json::Shape>::shape() };
        for (bound, word, of_lists) in [(member.least, "minimum", "minItems"), (member.most, "maximum", "maxItems")] {
            if let Some(bound) = bound {
                shape = quote! { ::sidelight::json::shape::bounded(#shape, #word, #of_lists, #bound) };
            }
        }
        let (key, about, needed) = (key(&field.ident, &member)?, about(&field.attrs), !member.omit);
        code.extend(if member.flat {
            quote! { .put_all(#shape) }
        } else if member.null {
            quote! { .put_or_null(#key, #shape, #about) }
        } else {
            quote! { .put(#key, #shape, #about, #needed) }
        });
    }
    Ok(quote! { ::sidelight::json::shape::Object::default()#code.into() })
}

fn of_enum(data: &DataEnum, container: &Container) -> Result<TokenStream> {
    let mut words = Vec::new();
    let mut others = Vec::new();
    for variant in &data.variants {
        let word = snake(&variant.ident);
        let held = match &variant.fields {
            Fields::Unit => None,
            Fields::Named(fields) if container.tag.is_some() && container.content.is_none() => {
                others.push(members(fields, container.tag.as_deref().map(|tag| (tag, word.as_str())))?);
                continue;
            }
            Fields::Named(fields) => Some(members(fields, None)?),
            Fields::Unnamed(fields) => {
                let types = fields.unnamed.iter().map(|field| &field.ty);
                Some(match fields.unnamed.len() {
                    1 => quote! { #(<#types as ::sidelight::json::Shape>::shape())* },
                    _ => {
                        quote! { ::sidelight::json::shape::tuple(vec![#(<#types as ::sidelight::json::Shape>::shape()),*]) }
                    }
                })
            }
        };
        match (held, &container.tag, &container.content) {
            (None, None, _) => words.push(word),
            (None, Some(tag), _) => others.push(quote! {
                ::sidelight::json::shape::Object::default().put(#tag, ::sidelight::json::shape::one_of(&[#word]), "", true).into()
            }),
            (Some(held), Some(tag), Some(content)) => others.push(quote! {
                ::sidelight::json::shape::Object::default()
                    .put(#tag, ::sidelight::json::shape::one_of(&[#word]), "", true).put(#content, #held, "", true).into()
            }),
            (Some(held), ..) => others.push(quote! {
                ::sidelight::json::shape::Object::default().put(#word, #held, "", true).into()
            }),
        }
    }
    let words = (!words.is_empty()).then(|| quote! { ::sidelight::json::shape::one_of(&[#(#words),*]) });
    let all: Vec<TokenStream> = words.into_iter().chain(others).collect();
    Ok(match all.as_slice() {
        [one] => one.clone(),
        _ => quote! { ::sidelight::json::shape::any_of(vec![#(#all),*]) },
    })
}
