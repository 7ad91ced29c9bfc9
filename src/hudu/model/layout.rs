//! Asset layouts and the lists that their fields choose from.

use crate::http::raw::record;
use crate::hudu::field::FieldType;

record! {
    /// An asset layout.
    struct Layout {
        /// Name.
        name: Option<String> = text("name"),
        /// In use.
        active: Option<bool> = maybe("active"),
        /// Icon class.
        icon: Option<String> = text("icon"),
        /// Colour.
        color: Option<String> = text("color"),
        /// Stable part of the address.
        slug: Option<String> = text("slug"),
        /// Fields in order of position.
        fields: Vec<LayoutField> = records("fields"),
        /// Last change.
        updated: Option<i64> = instant("updated_at"),
    }
}

record! {
    /// A field of a layout.
    part LayoutField {
        /// Id, needed to write the layout.
        id: Option<i64> = reference("id"),
        /// Label.
        label: Option<String> = text("label"),
        /// Type as Hudu spells it; read it with [`LayoutField::kind`].
        field_type: Option<String> = text("field_type"),
        /// Must be filled in by people.
        required: bool = flag("required"),
        /// Order.
        position: Option<i64> = integer("position"),
        /// Hint.
        hint: Option<String> = text("hint"),
        /// For `AssetTag`: the layout that it links to.
        linkable_id: Option<i64> = reference("linkable_id"),
        /// For `ListSelect`: the list.
        list_id: Option<i64> = reference("list_id"),
        /// Several values allowed.
        multiple_options: bool = flag("multiple_options"),
        /// A date that Hudu warns of.
        expiration: bool = flag("expiration"),
        /// For `Dropdown`: choices, one a line.
        options: Option<String> = text("options"),
    }
}

record! {
    /// A list of choices.
    struct List {
        /// Name.
        name: Option<String> = text("name"),
        /// Choices.
        items: Vec<ListItem> = records("list_items"),
    }
}

record! {
    /// A choice.
    struct ListItem {
        /// Name.
        name: Option<String> = text("name"),
    }
}

impl Layout {
    /// The field with that label, compared without case.
    pub fn field(&self, label: &str) -> Option<&LayoutField> {
        self.fields.iter().find(|f| f.label.as_deref().is_some_and(|l| l.eq_ignore_ascii_case(label)))
    }

    /// Whether it is in use; Hudu has no way to remove a layout.
    pub fn is_active(&self) -> bool {
        self.active.unwrap_or(true)
    }
}

impl LayoutField {
    /// The type.
    pub fn kind(&self) -> FieldType {
        FieldType::of(self.field_type.as_deref().unwrap_or_default())
    }

    /// Choices of a `Dropdown`.
    pub fn choices(&self) -> Vec<&str> {
        let lines = self.options.as_deref().unwrap_or_default().lines();
        lines.map(str::trim).filter(|l| !l.is_empty()).collect()
    }
}

impl List {
    /// The name of a choice.
    pub fn item_name(&self, id: i64) -> Option<&str> {
        self.items.iter().find(|i| i.id == id)?.name.as_deref()
    }

    /// The id of a choice, compared without case.
    pub fn item_id(&self, name: &str) -> Option<i64> {
        let same = |i: &&ListItem| i.name.as_deref().is_some_and(|n| n.trim().eq_ignore_ascii_case(name.trim()));
        self.items.iter().find(same).map(|i| i.id)
    }
}
