//! Named members: of a struct, or of an enum's variant.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Error, FieldsNamed, Result};

use crate::attributes::{Container, Member};

/// Writing and reading a struct.
pub fn of_struct(fields: &FieldsNamed, container: &Container) -> Result<(TokenStream, TokenStream)> {
    let names = names(fields);
    let put = put(fields)?;
    let take = take(fields, container.default)?;
    let usual = container.default.then(|| quote! { let usual = Self::default(); });
    let write = quote! {
        let Self { #(#names),* } = self;
        let mut members = ::sidelight::json::Members::default();
        #put
        members.into()
    };
    let read = quote! {
        let mut members = ::sidelight::json::Members::read(value)?;
        #usual
        ::core::result::Result::Ok(Self { #take })
    };
    Ok((write, read))
}

/// The members' names.
pub fn names(fields: &FieldsNamed) -> Vec<&Ident> {
    fields.named.iter().filter_map(|field| field.ident.as_ref()).collect()
}

/// Puts each member, bound to its name, into `members`.
pub fn put(fields: &FieldsNamed) -> Result<TokenStream> {
    let mut code = TokenStream::new();
    for field in &fields.named {
        let member = Member::read(&field.attrs)?;
        let name = &field.ident;
        let key = key(name, &member)?;
        code.extend(if member.skip {
            quote! { let _ = #name; }
        } else if member.flat {
            quote! { members.put_all(#name); }
        } else if member.omit {
            quote! { if #name.is_some() { members.put(#key, #name); } }
        } else {
            quote! { members.put(#key, #name); }
        });
    }
    Ok(code)
}

/// Takes each member out of `members`; `usual` holds the defaults where there are some.
pub fn take(fields: &FieldsNamed, usual: bool) -> Result<TokenStream> {
    let mut code = TokenStream::new();
    for field in &fields.named {
        let member = Member::read(&field.attrs)?;
        let name = &field.ident;
        let key = key(name, &member)?;
        code.extend(if member.skip {
            quote! { #name: ::core::default::Default::default(), }
        } else if member.flat {
            quote! { #name: ::sidelight::json::Json::from_json(members.into())?, }
        } else if usual {
            quote! { #name: members.take_or(#key, usual.#name)?, }
        } else if member.default {
            quote! { #name: members.take_or(#key, ::core::default::Default::default())?, }
        } else {
            quote! { #name: members.take(#key)?, }
        });
    }
    Ok(code)
}

/// A member's name in JSON.
pub fn key(name: &Option<Ident>, member: &Member) -> Result<String> {
    match (&member.name, name) {
        (Some(name), _) => Ok(name.clone()),
        (None, Some(name)) => Ok(name.to_string()),
        (None, None) => Err(Error::new_spanned(name, "members need names")),
    }
}
