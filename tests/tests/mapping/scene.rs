//! Records and layouts to map.

use sidelight::halo::record::{RecordKind, RecordRef};
use sidelight::hudu::field::FieldValue;
use sidelight::mapping::record::{Fact, FactValue, LayoutField, LayoutShape, Source};

pub fn text(text: &str) -> FactValue {
    FactValue::Plain(FieldValue::Text(text.to_owned()))
}

pub fn source(kind: RecordKind, id: i64, name: &str, facts: &[(&str, FactValue)]) -> Source {
    let fact = |(key, value): &(&str, FactValue)| Fact {
        key: (*key).into(),
        label: key.trim_start_matches("field:").into(),
        value: value.clone(),
    };
    Source {
        record: RecordRef::new(kind, id),
        name: name.to_owned(),
        client: Some(7),
        client_name: Some("Harbour & Finch".to_owned()),
        inactive: false,
        type_name: None,
        group_name: None,
        facts: facts.iter().map(fact).collect(),
    }
}

pub fn asset(id: i64, name: &str, type_name: &str, facts: &[(&str, FactValue)]) -> Source {
    let type_name = Some(type_name.to_owned()).filter(|name| !name.is_empty());
    Source { type_name, ..source(RecordKind::Asset, id, name, facts) }
}

pub fn field(label: &str, kind: &str) -> LayoutField {
    LayoutField {
        label: label.to_owned(),
        kind: kind.to_owned(),
        options: Vec::new(),
        expiration: false,
        linked_layout: None,
        linked_by: None,
    }
}

pub fn choices(label: &str, kind: &str, options: &[&str]) -> LayoutField {
    LayoutField { options: options.iter().map(|option| (*option).to_owned()).collect(), ..field(label, kind) }
}

pub fn layout(id: i64, name: &str, fields: &[(&str, &str)]) -> LayoutShape {
    let fields = fields.iter().map(|(label, kind)| field(label, kind)).collect();
    LayoutShape { id, name: name.to_owned(), active: true, fields }
}
