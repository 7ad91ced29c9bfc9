//! Passwords, processes, websites, expirations and relations.

use crate::http::raw::record;

record! {
    /// A password **without** its secrets: they are dropped while the answer is read.
    struct Password {
        /// Name.
        name: Option<String> = text("name"),
        /// User name.
        username: Option<String> = text("username"),
        /// Company.
        company_id: Option<i64> = reference("company_id"),
        /// Kind, free text.
        password_type: Option<String> = text("password_type"),
        /// Description.
        description: Option<String> = text("description"),
        /// Where it is used to sign in.
        login_url: Option<String> = text("login_url"),
        /// Hudu's page, or the site on some versions.
        url: Option<String> = text("url"),
        /// Stable part of the address.
        slug: Option<String> = text("slug"),
        /// Folder's name.
        folder_name: Option<String> = text("password_folder_name"),
        /// What it belongs to: `Asset`, `Website`.
        passwordable_type: Option<String> = text("passwordable_type"),
        /// Its id.
        passwordable_id: Option<i64> = reference("passwordable_id"),
        /// Put away.
        archived: bool = flag("archived"),
        /// Whether one-time codes can be made.
        has_otp: bool = flag("has_otp"),
        /// Class of strength, worked out while the answer was read.
        strength: Option<String> = text("password_strength"),
        /// Made.
        created: Option<i64> = instant("created_at"),
        /// Last change.
        updated: Option<i64> = instant("updated_at"),
    }
}

record! {
    /// A process, or a run of one.
    struct Procedure {
        /// Name.
        name: Option<String> = text("name"),
        /// Description. Untrusted HTML.
        description: Option<String> = text("description"),
        /// Company; `None` for a global template.
        company_id: Option<i64> = reference("company_id"),
        /// For a run: the process that it was started from.
        parent: Option<i64> = reference("parent_process_id"),
        /// A run, not the process itself.
        run: bool = flag("run"),
        /// "Not Started", "In Progress", "Completed", "Cancelled".
        status: Option<String> = text("status"),
        /// Tasks.
        total: Option<i64> = integer("total"),
        /// Tasks done.
        completed: Option<i64> = integer("completed"),
        /// Put away.
        archived: bool = flag("archived"),
        /// Address, relative or absolute.
        url: Option<String> = text("url"),
        /// Stable part of the address.
        slug: Option<String> = text("slug"),
        /// Tasks in order.
        tasks: Vec<ProcedureTask> = records("procedure_tasks_attributes"),
        /// Made.
        created: Option<i64> = instant("created_at"),
        /// Last change.
        updated: Option<i64> = instant("updated_at"),
    }
}

record! {
    /// A task of a process.
    part ProcedureTask {
        /// Id.
        id: Option<i64> = reference("id"),
        /// Name.
        name: Option<String> = text("name"),
        /// Description. Untrusted.
        description: Option<String> = text("description"),
        /// Done.
        completed: bool = flag("completed"),
        /// Order.
        position: Option<i64> = integer("position"),
        /// Process.
        procedure_id: Option<i64> = reference("procedure_id"),
        /// Due day, of a run's task.
        due: Option<String> = day("due_date"),
    }
}

record! {
    /// A website that Hudu watches.
    struct Website {
        /// Address with scheme.
        name: Option<String> = text("name"),
        /// Company.
        company_id: Option<i64> = reference("company_id"),
        /// `up` or `down`.
        monitoring_status: Option<String> = text("monitoring_status"),
        /// Not watched for now.
        paused: bool = flag("paused"),
        /// Put away.
        archived: bool = flag("archived"),
        /// Free text.
        notes: Option<String> = text("notes"),
        /// Address of its page, relative or absolute.
        url: Option<String> = text("url"),
        /// Stable part of the address.
        slug: Option<String> = text("slug"),
        /// Last change.
        updated: Option<i64> = instant("updated_at"),
    }
}

record! {
    /// A date that Hudu warns of.
    struct Expiration {
        /// Day.
        date: Option<String> = day("date"),
        /// `domain`, `ssl_certificate`, `warranty`, `asset_field`, `article_expiration`, `undeclared`.
        kind: Option<String> = text("expiration_type"),
        /// Company.
        company_id: Option<i64> = reference("company_id"),
        /// What ends: `Asset`, `Website`, …
        of_type: Option<String> = text("expirationable_type"),
        /// Its id.
        of_id: Option<i64> = reference("expirationable_id"),
        /// Of a date in an asset: the field of the layout.
        field_id: Option<i64> = reference("asset_layout_field_id"),
        /// When it was put away.
        archived: Option<i64> = instant("archived_at"),
    }
}

record! {
    /// One end's view of a relation: each relation stands in the list twice.
    struct Relation {
        /// Description.
        description: Option<String> = text("description"),
        /// The second of the two rows.
        inverse: bool = flag("is_inverse"),
        /// Name of the other end.
        name: Option<String> = text("name"),
        /// This end: `Asset`, `Article`, `Company`, …
        from_type: Option<String> = text("fromable_type"),
        /// Its id.
        from_id: Option<i64> = reference("fromable_id"),
        /// The other end.
        to_type: Option<String> = text("toable_type"),
        /// Its id.
        to_id: Option<i64> = reference("toable_id"),
        /// Address of the other end, relative or absolute.
        to_url: Option<String> = text("toable_url"),
    }
}

record! {
    /// A file.
    struct Upload {
        /// File name.
        name: Option<String> = text("name"),
        /// "pdf".
        ext: Option<String> = text("ext"),
        /// "67 Bytes".
        size: Option<String> = text("size"),
        /// What it belongs to: `Asset`, `Article`, …
        of_type: Option<String> = text("uploadable_type"),
        /// Its id.
        of_id: Option<i64> = reference("uploadable_id"),
        /// When it was put away.
        archived: Option<i64> = instant("archived_at"),
        /// Address, relative or absolute.
        url: Option<String> = text("url"),
    }
}

record! {
    /// A photo.
    struct Photo {
        /// Caption.
        caption: Option<String> = text("caption"),
        /// What it belongs to.
        of_type: Option<String> = text("photoable_type"),
        /// Its id.
        of_id: Option<i64> = reference("photoable_id"),
        /// Put away.
        archived: bool = flag("archived"),
    }
}

record! {
    /// One thing that was done.
    struct ActivityLog {
        /// "updated", "viewed".
        action: Option<String> = text("action"),
        /// Who.
        user_name: Option<String> = text("user_name"),
        /// Kind of the record.
        record_type: Option<String> = text("record_type"),
        /// Its id.
        record_id: Option<i64> = reference("record_id"),
        /// When.
        created: Option<i64> = instant("created_at"),
    }
}

record! {
    /// Version of the instance.
    part ApiInfo {
        /// "2.45.1".
        version: Option<String> = text("version"),
        /// Its date.
        date: Option<String> = text("date"),
    }
}

impl Password {
    /// Where it is used to sign in: `login_url`, or `url` on versions where that is the site.
    pub fn site(&self) -> Option<&str> {
        let url = || self.url.as_deref().filter(|u| u.contains("://") && !u.contains("/passwords/"));
        self.login_url.as_deref().or_else(url)
    }
}
