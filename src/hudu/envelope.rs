//! What Hudu wraps rows and records in, and where its lists end.

use serde_json::Value;

use crate::hudu::endpoint::Endpoint;

/// Whether another page is worth a request. A page shorter than asked for is the last one, but the
/// server may cut pages to a size of its own, which is a round number and not less than the longest page
/// of the list.
pub(crate) fn more_likely(endpoint: &Endpoint, came: usize, fresh: usize, longest: usize) -> bool {
    let Some(size) = endpoint.page_size else { return false };
    let round = came.is_multiple_of(25) || (came < 100 && came.is_multiple_of(10));
    fresh > 0 && (came >= size as usize || (round && came >= longest))
}

/// One record out of its wrapping: the singular or plural member, else the body itself.
pub(crate) fn unwrap(body: Value, endpoint: &Endpoint) -> Value {
    let Value::Object(mut map) = body else { return body };
    match map.remove(endpoint.one).or_else(|| map.remove(endpoint.many)) {
        Some(Value::Array(mut rows)) if rows.len() == 1 => rows.swap_remove(0),
        Some(value @ (Value::Object(_) | Value::Null)) => value,
        Some(other) => {
            map.insert(endpoint.one.to_owned(), other);
            Value::Object(map)
        }
        None => Value::Object(map),
    }
}

/// The rows of a list: the body itself, the plural member, or the only array there is.
pub(crate) fn rows(body: Value, many: &str) -> Option<Vec<Value>> {
    let mut map = match body {
        Value::Array(rows) => return Some(rows),
        Value::Object(map) => map,
        _ => return None,
    };
    if let Some(Value::Array(rows)) = map.remove(many) {
        return Some(rows);
    }
    let mut arrays = map.into_iter().filter_map(|(_, value)| match value {
        Value::Array(rows) => Some(rows),
        _ => None,
    });
    let only = arrays.next()?;
    arrays.next().is_none().then_some(only)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hudu::endpoint::{COMPANIES, LISTS};
    use serde_json::json;

    #[test]
    fn rows_and_records_are_found_in_every_envelope() {
        let one = || Some(vec![json!({"id": 1})]);
        assert_eq!(rows(json!([{"id": 1}]), "websites"), one());
        assert_eq!(rows(json!({"websites": [{"id": 1}]}), "websites"), one());
        assert_eq!(rows(json!({"other": [{"id": 1}]}), "websites"), one());
        assert_eq!(rows(json!({"error": "no"}), "websites"), None);
        assert_eq!(rows(Value::Null, "websites"), None);
        for body in [json!({"company": {"id": 1}}), json!({"id": 1}), json!({"companies": [{"id": 1}]})] {
            assert_eq!(unwrap(body, &COMPANIES), json!({"id": 1}));
        }
        assert_eq!(unwrap(Value::Null, &COMPANIES), Value::Null);
    }

    #[test]
    fn pages_end_where_they_surely_end() {
        assert!(more_likely(&COMPANIES, 1000, 1000, 0));
        assert!(more_likely(&COMPANIES, 25, 25, 0));
        assert!(!more_likely(&COMPANIES, 25, 25, 1000));
        assert!(!more_likely(&COMPANIES, 37, 37, 0));
        assert!(!more_likely(&COMPANIES, 0, 0, 0));
        assert!(!more_likely(&COMPANIES, 1000, 0, 0));
        assert!(!more_likely(&LISTS, 1000, 1000, 0));
    }
}
