//! `#[derive(Json)]`: how a type is written as JSON, for `sidelight::json`.
//!
//! serde's own derive makes a reader for every format and every way of tagging; in the worker that was a
//! fifth of its code. This one makes one reader and one writer, over one JSON value.
//!
//! A struct is an object. An enum's variant goes by its name in `snake_case`: the word alone where it
//! holds nothing, else an object of one member. Attributes:
//!
//! | attribute | on | meaning |
//! |---|---|---|
//! | `#[json(tag = "is")]` | enum of named members | one object: the variant's name is its member `is` |
//! | `#[json(tag = "type", content = "value")]` | enum | an object of these two members |
//! | `#[json(default)]` | struct | missing members are those of the struct's default |
//! | `#[json(default)]` | member | missing is the default of the member's type |
//! | `#[json(omit)]` | optional member | not written where it is `None` |
//! | `#[json(flat)]` | last member | its members stand in this object |
//! | `#[json(name = "frameId")]` | member | its name in JSON |
//! | `#[json(skip)]` | member | neither written nor read: the default of its type |
//! | `#[json(null)]` | optional member, with `omit` | its schema takes null as well |
//! | `#[json(least = 1, most = 9)]` | number or list | its schema has these bounds |
//! | `#[json(said)]` | struct | people read what its members mean: `xtask words` takes it for sentences |
//!
//! `#[derive(Shape)]` beside it makes the JSON schema of the same form, with what the members' doc comments say.

mod about;
mod attributes;
mod members;
mod shape;
mod variants;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Error, Fields, parse_macro_input, parse_quote};

use attributes::Container;

/// See the page of this crate.
#[proc_macro_derive(Json, attributes(json))]
pub fn json(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    derive(&input).unwrap_or_else(Error::into_compile_error).into()
}

/// The JSON schema of what [`macro@Json`] writes, for `sidelight::json::Shape`.
#[proc_macro_derive(Shape, attributes(json))]
pub fn shape(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    shape::derive(&input).unwrap_or_else(Error::into_compile_error).into()
}

fn derive(input: &DeriveInput) -> syn::Result<TokenStream> {
    let container = Container::read(&input.attrs)?;
    let (write, read) = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => members::of_struct(fields, &container)?,
            other => return Err(Error::new_spanned(other, "members need names")),
        },
        Data::Enum(data) => variants::of_enum(data, &container)?,
        Data::Union(data) => return Err(Error::new_spanned(data.union_token, "a union has no JSON")),
    };
    let name = &input.ident;
    let mut generics = input.generics.clone();
    for parameter in generics.type_params_mut() {
        parameter.bounds.push(parse_quote!(::sidelight::json::Json));
    }
    let (own, types, bounds) = generics.split_for_impl();
    let mut reading = generics.clone();
    reading.params.insert(0, parse_quote!('de));
    let (borrowed, ..) = reading.split_for_impl();
    Ok(quote! {
        impl #own ::sidelight::json::Json for #name #types #bounds {
            fn to_json(&self) -> ::sidelight::json::Value {
                #write
            }
            fn from_json(value: ::sidelight::json::Value) -> ::core::result::Result<Self, ::sidelight::json::Wrong> {
                #read
            }
        }
        impl #own ::sidelight::json::serde::Serialize for #name #types #bounds {
            fn serialize<S: ::sidelight::json::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                ::sidelight::json::serde::Serialize::serialize(&::sidelight::json::Json::to_json(self), serializer)
            }
        }
        impl #borrowed ::sidelight::json::serde::Deserialize<'de> for #name #types #bounds {
            fn deserialize<D: ::sidelight::json::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                let value = <::sidelight::json::Value as ::sidelight::json::serde::Deserialize>::deserialize(deserializer)?;
                ::sidelight::json::Json::from_json(value).map_err(::sidelight::json::serde::de::Error::custom)
            }
        }
    })
}
