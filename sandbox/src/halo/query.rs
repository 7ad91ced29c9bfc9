//! Query strings and forms: names without case, the first value counts.

/// The members of a query string or of a form.
#[derive(Clone, Debug, Default)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    /// From `a=1&b=2`.
    pub(crate) fn parse(text: &str) -> Self {
        let pairs = url::form_urlencoded::parse(text.as_bytes());
        Self(pairs.map(|(name, value)| (name.to_ascii_lowercase(), value.into_owned())).collect())
    }

    /// A member that is not empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(have, _)| have == name)?;
        Some(found.1.trim()).filter(|value| !value.is_empty())
    }

    /// `true` or `1`, in any case.
    pub(crate) fn flag(&self, name: &str) -> bool {
        self.choice(name) == Some(true)
    }

    /// A boolean, if it is one.
    pub(crate) fn choice(&self, name: &str) -> Option<bool> {
        match self.get(name)?.to_ascii_lowercase().as_str() {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        }
    }

    /// A whole number.
    pub(crate) fn number(&self, name: &str) -> Option<i64> {
        self.get(name)?.parse().ok()
    }

    /// The whole query but for one member.
    pub(crate) fn without(&self, name: &str) -> String {
        let pairs = self.0.iter().filter(|(have, _)| have != name);
        pairs.map(|(name, value)| format!("{name}={value}&")).collect()
    }

    /// Adds a member that the caller implies.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }
}

/// The whole numbers of a list such as `1,2` or `[1,2]`.
pub(crate) fn numbers(list: &str) -> Vec<i64> {
    let inner = list.trim_matches(['[', ']']);
    inner.split(',').filter_map(|part| part.trim().trim_matches('"').parse().ok()).collect()
}
