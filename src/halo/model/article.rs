//! Articles of the knowledge base and their lists.

use std::collections::BTreeSet;

use crate::http::raw::record;

record! {
    /// A knowledge-base article. List rows have no HTML.
    struct Article {
        /// Title.
        name: Option<String> = text("name"),
        /// The question as plain text.
        description: Option<String> = text("description"),
        /// The answer as plain text, on the detail.
        resolution: Option<String> = text("resolution"),
        /// The answer as HTML, on the detail. Untrusted.
        resolution_html: Option<String> = text("resolution_html"),
        /// Hidden from lists unless asked for.
        inactive: bool = flag("inactive"),
        /// Tags, comma separated.
        tag_string: Option<String> = text("tag_string"),
        /// The same under another name: some versions tell only this one.
        kb_tags: Option<String> = text("kb_tags"),
        /// Tags.
        tags: Vec<Tag> = records("tags"),
        /// Lists (folders) that it stands in.
        lists: Vec<FaqList> = records("faqlists"),
        /// Shown to all end users.
        show_for_all: bool = flag("showforall"),
        /// Clients that it is restricted to.
        client_access: Vec<ClientAccess> = records("kbentryclientaccess"),
        /// Made.
        created: Option<i64> = instant("date_created"),
        /// Last edit; unset for an article that was never edited.
        edited: Option<i64> = instant("date_edited"),
    }
}

record! {
    /// A tag of an article.
    part Tag {
        /// Id.
        id: Option<i64> = reference("id"),
        /// Word.
        text: Option<String> = text("text"),
    }
}

record! {
    /// A client that an article is restricted to.
    part ClientAccess {
        /// Id of the restriction.
        id: Option<i64> = reference("id"),
        /// Client.
        client_id: Option<i64> = reference("client_id"),
        /// Client's name.
        client_name: Option<String> = text("client_name"),
    }
}

record! {
    /// A list (folder) of articles.
    struct FaqList {
        /// Name.
        name: Option<String> = text("name"),
        /// "IT > Network".
        full_name: Option<String> = text("full_name"),
        /// The list above it.
        parent_id: Option<i64> = reference("group_id"),
        /// Shown to all end users.
        show_for_all: bool = flag("showforall"),
    }
}

impl Article {
    /// Last edit, or the making where it was never edited.
    pub fn changed(&self) -> Option<i64> {
        self.edited.or(self.created)
    }

    /// Tags in lower case, from whichever member holds them.
    pub fn tag_words(&self) -> Vec<String> {
        let listed = self.tags.iter().filter_map(|t| t.text.as_deref());
        let joined = [&self.tag_string, &self.kb_tags].into_iter().flatten().flat_map(|words| words.split(','));
        let mut words = BTreeSet::new();
        for word in listed.chain(joined).map(|word| word.trim().to_lowercase()).filter(|word| !word.is_empty()) {
            words.insert(word);
        }
        words.into_iter().collect()
    }
}
