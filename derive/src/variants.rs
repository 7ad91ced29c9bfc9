//! Enums.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::{DataEnum, Error, Fields, Result, Variant};

use crate::attributes::Container;
use crate::members;

/// Writing and reading an enum.
pub fn of_enum(data: &DataEnum, container: &Container) -> Result<(TokenStream, TokenStream)> {
    let variants: Vec<_> = data.variants.iter().collect();
    match (&container.tag, &container.content) {
        (None, None) if variants.iter().all(|variant| variant.fields.is_empty()) => Ok(words(&variants)),
        (Some(tag), None) => inside(&variants, tag),
        (Some(tag), Some(content)) => apart(
            &variants,
            &quote! { ::sidelight::json::in_two(#tag, #content, name, content) },
            &quote! { ::sidelight::json::of_two(#tag, #content, value)? },
        ),
        (None, _) => apart(
            &variants,
            &quote! { ::sidelight::json::in_one(name, content) },
            &quote! { ::sidelight::json::of_one(value)? },
        ),
    }
}

/// Every variant is a word.
fn words(variants: &[&Variant]) -> (TokenStream, TokenStream) {
    let names: Vec<_> = variants.iter().map(|variant| &variant.ident).collect();
    let words: Vec<_> = names.iter().map(|name| snake(name)).collect();
    let write = quote! { ::sidelight::json::word(match self { #(Self::#names => #words),* }) };
    let read = quote! {
        ::core::result::Result::Ok(match ::sidelight::json::text(&value)? {
            #(#words => Self::#names,)*
            _ => return ::core::result::Result::Err(::sidelight::json::Wrong::value()),
        })
    };
    (write, read)
}

/// The variant's name is one of its members.
fn inside(variants: &[&Variant], tag: &str) -> Result<(TokenStream, TokenStream)> {
    let (mut write, mut read) = (TokenStream::new(), TokenStream::new());
    for variant in variants {
        let name = &variant.ident;
        let word = snake(name);
        match &variant.fields {
            Fields::Unit => {
                write.extend(quote! { Self::#name => members.name(#tag, #word), });
                read.extend(quote! { #word => Self::#name, });
            }
            Fields::Named(fields) => {
                let names = members::names(fields);
                let put = members::put(fields)?;
                let take = members::take(fields, false)?;
                write.extend(quote! { Self::#name { #(#names),* } => { members.name(#tag, #word); #put } });
                read.extend(quote! { #word => Self::#name { #take }, });
            }
            other => return Err(Error::new_spanned(other, "members need names")),
        }
    }
    let write = quote! {
        let mut members = ::sidelight::json::Members::default();
        match self { #write }
        members.into()
    };
    let read = quote! {
        let mut members = ::sidelight::json::Members::read(value)?;
        let name: ::std::string::String = members.take(#tag)?;
        ::core::result::Result::Ok(match name.as_str() {
            #read
            _ => return ::core::result::Result::Err(::sidelight::json::Wrong::member(#tag)),
        })
    };
    Ok((write, read))
}

/// The variant's name stands apart from what it holds: `join` makes one value of the two, `split` two of
/// one.
fn apart(variants: &[&Variant], join: &TokenStream, split: &TokenStream) -> Result<(TokenStream, TokenStream)> {
    let (mut write, mut read) = (TokenStream::new(), TokenStream::new());
    for variant in variants {
        let name = &variant.ident;
        let word = snake(name);
        match &variant.fields {
            Fields::Unit => {
                write.extend(quote! { Self::#name => (#word, ::core::option::Option::None), });
                read.extend(quote! { #word => Self::#name, });
            }
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                write.extend(quote! {
                    Self::#name(held) => (#word, ::core::option::Option::Some(::sidelight::json::Json::to_json(held))),
                });
                read.extend(quote! { #word => Self::#name(::sidelight::json::Json::from_json(content)?), });
            }
            Fields::Unnamed(fields) => {
                let held: Vec<_> = (0..fields.unnamed.len()).map(|n| format_ident!("held{n}")).collect();
                write.extend(quote! {
                    Self::#name(#(#held),*) => (#word, ::core::option::Option::Some(
                        ::sidelight::json::list([#(::sidelight::json::Json::to_json(#held)),*]))),
                });
                read.extend(quote! { #word => {
                    let [#(#held),*] = ::sidelight::json::items(content)?;
                    Self::#name(#(::sidelight::json::Json::from_json(#held)?),*)
                } });
            }
            Fields::Named(fields) => {
                let names = members::names(fields);
                let put = members::put(fields)?;
                let take = members::take(fields, false)?;
                write.extend(quote! { Self::#name { #(#names),* } => {
                    let mut members = ::sidelight::json::Members::default();
                    #put
                    (#word, ::core::option::Option::Some(members.into()))
                } });
                read.extend(quote! { #word => {
                    let mut members = ::sidelight::json::Members::read(content)?;
                    Self::#name { #take }
                } });
            }
        }
    }
    let write = quote! {
        let (name, content) = match self { #write };
        #join
    };
    let read = quote! {
        let (name, content) = #split;
        ::core::result::Result::Ok(match name.as_str() {
            #read
            _ => return ::core::result::Result::Err(::sidelight::json::Wrong::value()),
        })
    };
    Ok((write, read))
}

/// `PageSeen` as `page_seen`.
pub fn snake(name: &Ident) -> String {
    let mut snake = String::new();
    for letter in name.to_string().chars() {
        if letter.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}
