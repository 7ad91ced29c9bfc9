//! The sentences in Rust code: the literals in `t!`, `many!` and `mark!`, inside of other macros as well, and what is
//! said of the members of a type with `#[json(said)]`.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{Attribute, FieldsNamed};

use super::about::about;
use crate::run::{Failure, Result};

/// A sentence that people read.
pub struct Sentence {
    /// As it stands in the code.
    pub english: String,
    /// The file.
    pub place: String,
    /// Names that its macro gives values for; `None` where it takes none.
    given: Option<BTreeSet<String>>,
}

impl Sentence {
    /// A sentence without values.
    pub fn plain(english: &str, place: &str) -> Self {
        Self { english: english.to_owned(), place: place.to_owned(), given: None }
    }

    /// Its key in a translation.
    pub fn key(&self) -> String {
        super::key(&self.english)
    }

    /// What is wrong with the names of its values.
    pub fn odd(&self) -> Option<String> {
        let given = self.given.as_ref()?;
        let named: BTreeSet<String> = super::names(&self.english).into_iter().map(str::to_owned).collect();
        (named != *given).then(|| format!("{}: {:?} names {named:?} and is given {given:?}", self.place, self.english))
    }
}

/// The sentences of a file; its tests' are nobody's.
pub fn rust(path: &str, text: &str) -> Result<Vec<Sentence>> {
    if path.ends_with("tests.rs") || path.contains("/tests/") {
        return Ok(Vec::new());
    }
    let end = text.find("\n#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    let tokens: TokenStream = text[..end].parse().map_err(|e| Failure(format!("{path}: {e}")))?;
    let mut found = Vec::new();
    walk(tokens, path, &mut found);
    Ok(found)
}

fn walk(tokens: TokenStream, path: &str, found: &mut Vec<Sentence>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut said = false;
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        if let [.., TokenTree::Ident(name), TokenTree::Punct(mark)] = &tokens[..at]
            && mark.as_char() == '!'
        {
            take(&name.to_string(), group.stream(), path, found);
        }
        said |= group.to_string().replace(' ', "") == "[json(said)]";
        if group.delimiter() == Delimiter::Brace && std::mem::take(&mut said) {
            members(token.clone(), path, found);
        }
        walk(group.stream(), path, found);
    }
}

/// What is said of each member, as the schema of the type says it.
fn members(body: TokenTree, path: &str, found: &mut Vec<Sentence>) {
    let Ok(body) = syn::parse2::<FieldsNamed>(body.into()) else { return };
    let is_shown = |attribute: &Attribute| {
        let json = attribute.meta.require_list().ok().filter(|list| list.path.is_ident("json"));
        json.is_none_or(|list| !list.tokens.to_string().split(',').any(|word| ["flat", "skip"].contains(&word.trim())))
    };
    let shown = body.named.iter().filter(|field| field.attrs.iter().all(is_shown));
    let sentences = shown.map(|field| about(&field.attrs)).filter(|about| !about.is_empty());
    found.extend(sentences.map(|english| Sentence::plain(&english, path)));
}

/// The sentences of one macro: its arguments that are literals, up to the first value with a name.
fn take(name: &str, tokens: TokenStream, path: &str, found: &mut Vec<Sentence>) {
    let (skipped, taken, counts) = match name {
        "t" => (0, 1, false),
        "mark" => (0, 1, false),
        "many" => (1, 2, true),
        _ => return,
    };
    let arguments = arguments(tokens);
    let sentences = arguments.iter().skip(skipped).take(taken).filter_map(|argument| literal(argument));
    let mut given: BTreeSet<String> = arguments
        .iter()
        .skip(skipped + taken)
        .filter_map(|argument| argument.first().map(ToString::to_string))
        .collect();
    if counts {
        given.insert("n".to_owned());
    }
    // The one of "one document" needs no figure.
    for (at, english) in sentences.enumerate() {
        let mut given = given.clone();
        if counts && at == 0 && !super::names(&english).contains("n") {
            given.remove("n");
        }
        let given = (!given.is_empty()).then_some(given);
        found.push(Sentence { english, place: path.to_owned(), given });
    }
}

fn arguments(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut arguments = vec![Vec::new()];
    for token in tokens {
        if matches!(&token, TokenTree::Punct(mark) if mark.as_char() == ',') {
            arguments.push(Vec::new());
        } else if let Some(last) = arguments.last_mut() {
            last.push(token);
        }
    }
    arguments.retain(|argument| !argument.is_empty());
    arguments
}

fn literal(argument: &[TokenTree]) -> Option<String> {
    let [TokenTree::Literal(literal)] = argument else { return None };
    match syn::Lit::new(literal.clone()) {
        syn::Lit::Str(text) => Some(text.value()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english(code: &str) -> Result<Vec<String>> {
        Ok(rust("ui/src/a.rs", code)?.into_iter().map(|sentence| sentence.english).collect())
    }

    #[test]
    fn sentences_are_found_wherever_they_stand() -> Result<()> {
        let code = r#"
            const A: &[&str] = &[mark!("One")];
            fn f() -> String { view! { <p title=t!("Two")>{move || if x { t!("{a} \"q\"", a = b(1, 2)) } else { sidelight::t!("Four") }}</p> } }
            fn g() { many!(rows.iter().map(|(a, b)| a).count(), "{n} row", "{n} rows", name); format!("{}", t!("Five")); }
            // t!("No")
            #[cfg(test)]
            fn only() {}

            #[cfg(test)]
            mod tests { fn t() { t!("No") } }
        "#;
        let code = code.replace("            ", "");
        assert_eq!(english(&code)?, ["One", "Two", "{a} \"q\"", "Four", "{n} row", "{n} rows", "Five"]);
        Ok(())
    }

    #[test]
    fn what_is_said_of_members_is_a_sentence_where_the_type_says_so() -> Result<()> {
        let code = r#"
            /// No.
            #[derive(Json, Shape)]
            #[json(said)]
            pub struct Given {
                /// One "two"
                /// three.
                ///
                /// No.
                #[json(omit, least = 1)]
                pub days: Option<i64>,
                #[json(omit)]
                bare: Option<i64>,
                /// Four.
                tasks: BTreeMap<String, Vec<i64>>,
                /// No.
                #[json(flat)]
                more: Other,
            }
            /// No.
            #[derive(Json, Shape)]
            struct Other {
                /// No.
                name: String,
            }
        "#;
        assert_eq!(english(code)?, ["One \"two\" three.", "Four."]);
        Ok(())
    }

    #[test]
    fn values_must_bear_the_names() -> Result<()> {
        let code = r#"fn f() { t!("{a} {b}", a); t!("{a}", a = 1); many!(n, "One row", "{n} rows"); many!(n, "{n} {x}", "{n} {x}", x); }"#;
        let odd: Vec<String> = rust("a.rs", code)?.iter().filter_map(Sentence::odd).collect();
        assert_eq!(odd.len(), 1, "{odd:?}");
        Ok(())
    }
}
