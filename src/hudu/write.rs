//! Writing custom fields in the forms that different versions of Hudu take.

use std::cell::{Cell, RefCell};

use serde_json::Value;

use crate::hudu::field::{FieldWrite, key};
use crate::hudu::model::Asset;
use crate::json::object;

/// How a label becomes a key of `custom_fields`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum KeyForm {
    /// Lower case, spaces become `_`, punctuation stays.
    #[default]
    Spaces,
    /// The label as it stands.
    Label,
    /// Lower case, everything but letters and digits becomes `_`.
    Words,
}

impl KeyForm {
    fn key(self, label: &str) -> String {
        match self {
            KeyForm::Spaces => key(label),
            KeyForm::Label => label.to_owned(),
            KeyForm::Words => {
                let lower = label.trim().to_lowercase();
                let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
                words.join("_")
            }
        }
    }

    fn next(self) -> Self {
        match self {
            KeyForm::Spaces => KeyForm::Label,
            KeyForm::Label => KeyForm::Words,
            KeyForm::Words => KeyForm::Spaces,
        }
    }
}

/// One way of writing fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Form {
    keys: KeyForm,
    /// Items of lists by id instead of by name.
    ids: bool,
}

impl Form {
    /// The same with the next form of keys.
    pub(crate) fn other_keys(self) -> Self {
        Self { keys: self.keys.next(), ..self }
    }

    /// The same with the other form of list items.
    pub(crate) fn other_items(self) -> Self {
        Self { ids: !self.ids, ..self }
    }

    /// `custom_fields`: an array of objects with one key each; a map would be refused.
    pub(crate) fn custom_fields(self, fields: &[FieldWrite]) -> Value {
        let one = |field: &FieldWrite| {
            let value = match &field.otherwise {
                Some(ids) if self.ids => ids.clone(),
                _ => field.value.clone(),
            };
            Value::Object(object([(self.keys.key(&field.label), value)]))
        };
        Value::Array(fields.iter().map(one).collect())
    }
}

/// What was learnt of how this version takes custom fields.
#[derive(Default)]
pub(crate) struct Forms {
    /// The form that was taken last.
    pub(crate) form: Cell<Form>,
    /// Whether fields that are left out keep their values; not known before the first update.
    pub(crate) merges: Cell<Option<bool>>,
    /// Whether lists of assets were seen to hold archived ones without being asked for them.
    pub(crate) lists_archived: Cell<bool>,
    /// Whether the list of all companies' assets is closed to this key.
    pub(crate) assets_closed: Cell<bool>,
    /// Rows of the longest page of each list that was read: the server cuts none to fewer.
    longest: RefCell<Vec<(&'static str, usize)>>,
}

impl Forms {
    /// Rows of the longest page of this list so far, with one of so many.
    pub(crate) fn longest(&self, list: &'static str, came: usize) -> usize {
        let mut known = self.longest.borrow_mut();
        if let Some((_, longest)) = known.iter_mut().find(|(own, _)| *own == list) {
            *longest = came.max(*longest);
            return *longest;
        }
        known.push((list, came));
        came
    }
}

/// The fields that were sent with a value and have none in the answer: versions before 2.37 drop
/// keys that they do not know without a word.
pub(crate) fn dropped(fields: &[FieldWrite], stored: &Asset) -> Vec<FieldWrite> {
    let filled = |value: &Value| match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(rows) => !rows.is_empty(),
        _ => true,
    };
    fields.iter().filter(|f| filled(&f.value) && stored.field(&f.label).is_none()).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keys_take_three_forms_and_come_round() {
        let field = FieldWrite { label: "HaloPSA: URL".to_owned(), value: json!("x"), otherwise: Some(json!([1])) };
        let form = Form::default();
        let sent = |form: Form| form.custom_fields(std::slice::from_ref(&field));
        assert_eq!(sent(form), json!([{"halopsa:_url": "x"}]));
        assert_eq!(sent(form.other_keys()), json!([{"HaloPSA: URL": "x"}]));
        assert_eq!(sent(form.other_keys().other_keys()), json!([{"halopsa_url": "x"}]));
        assert_eq!(form.other_keys().other_keys().other_keys(), form);
        assert_eq!(sent(form.other_items()), json!([{"halopsa:_url": [1]}]));
    }
}
