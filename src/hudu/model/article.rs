//! Articles and folders.

use crate::http::raw::record;

record! {
    /// An article. Without company it stands in the Central knowledge base.
    struct Article {
        /// Title.
        name: Option<String> = text("name"),
        /// HTML, as stored: scripts and styles included. Untrusted.
        content: Option<String> = text("content"),
        /// Company; `None` for Central.
        company_id: Option<i64> = reference("company_id"),
        /// Folder.
        folder_id: Option<i64> = reference("folder_id"),
        /// Not published yet.
        draft: bool = flag("draft"),
        /// Put away.
        archived: bool = flag("archived"),
        /// Address, relative or absolute.
        url: Option<String> = text("url"),
        /// Stable part of the address.
        slug: Option<String> = text("slug"),
        /// Images.
        public_photos: Vec<PublicPhoto> = records("public_photos"),
        /// Made.
        created: Option<i64> = instant("created_at"),
        /// Last change.
        updated: Option<i64> = instant("updated_at"),
    }
}

record! {
    /// An image of an article.
    part PublicPhoto {
        /// Slug; its number is `numeric_id`.
        id: Option<String> = text("id"),
        /// Number by which the API knows it.
        numeric_id: Option<i64> = reference("numeric_id"),
        /// Address, relative or absolute.
        url: Option<String> = text("url"),
        /// Name of the file.
        file_name: Option<String> = text("file_name"),
    }
}

record! {
    /// A folder of articles or photos.
    struct Folder {
        /// Name.
        name: Option<String> = text("name"),
        /// Company; `None` for Central.
        company_id: Option<i64> = reference("company_id"),
        /// The folder above it.
        parent_id: Option<i64> = reference("parent_folder_id"),
    }
}
