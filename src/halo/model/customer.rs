//! Clients, sites and users.

use serde_json::Value;

use crate::halo::model::CustomField;
use crate::http::raw::{read, record};

record! {
    /// A client (customer).
    struct Client {
        /// Name.
        name: Option<String> = text("name"),
        /// Name of the department above it.
        toplevel_name: Option<String> = text("toplevel_name"),
        /// Hidden from lists unless asked for.
        inactive: bool = flag("inactive"),
        /// Reference of the customer's own.
        reference: Option<String> = text("ref"),
        /// Website, with or without scheme.
        website: Option<String> = text("website"),
        /// Main phone number, where the instance gives one on the client.
        phone: Option<String> = text("phonenumber"),
        /// Plain text.
        notes: Option<String> = text("notes"),
        /// The site that stands for the client.
        main_site_id: Option<i64> = reference("main_site_id"),
        /// Kind of customer, as the instance names it.
        kind: Option<String> = text("customertype_name"),
        /// Custom fields; list rows usually have none.
        custom_fields: Vec<CustomField> = records("customfields"),
        /// Last change, on the detail only.
        changed: Option<i64> = instant("alastupdate"),
    }
}

record! {
    /// A site of a client.
    struct Site {
        /// Name.
        name: Option<String> = text("name"),
        /// Client; Halo writes this one as a double.
        client_id: Option<i64> = reference("client_id"),
        /// Client's name.
        client_name: Option<String> = text("client_name"),
        /// Hidden from lists unless asked for.
        inactive: bool = flag("inactive"),
        /// Phone.
        phone: Option<String> = text("phonenumber"),
        /// IANA time zone.
        timezone: Option<String> = text("timezone"),
        /// Plain text.
        notes: Option<String> = text("notes"),
        /// Main contact's name.
        main_contact: Option<String> = text("maincontact_name"),
        /// Main contact, on list rows too.
        main_contact_id: Option<i64> = reference("maincontact_id"),
        /// ISO country code, on the detail.
        country_code: Option<String> = text("country_code"),
        /// Country as the instance names it, on list rows too.
        country_name: Option<String> = text("country_code_name"),
        /// Where things are delivered, on the detail.
        delivery_address: Option<Address> = object("delivery_address"),
        /// Where invoices go, on the detail.
        invoice_address: Option<Address> = object("invoice_address"),
        /// Custom fields.
        custom_fields: Vec<CustomField> = records("customfields"),
        /// Last change, on the detail only.
        changed: Option<i64> = instant("slastupdate"),
    }
}

record! {
    /// An end user (contact).
    struct User {
        /// Full name.
        name: Option<String> = text("name"),
        /// Given name.
        first_name: Option<String> = text("firstname"),
        /// Family name.
        surname: Option<String> = text("surname"),
        /// E-mail address.
        email: Option<String> = text("emailaddress"),
        /// Phone.
        phone: Option<String> = text("phonenumber"),
        /// Mobile.
        mobile: Option<String> = text("mobilenumber"),
        /// Job title or form of address.
        title: Option<String> = text("title"),
        /// Job title, where the instance has it apart.
        job_title: Option<String> = text("jobtitle"),
        /// Department.
        department: Option<String> = text("department"),
        /// Site; Halo writes this one as a double, with `site_id_int` as its whole twin.
        site_id: Option<i64> = reference("site_id"),
        /// Site's name.
        site_name: Option<String> = text("site_name"),
        /// Client.
        client_id: Option<i64> = reference("client_id"),
        /// Client's name.
        client_name: Option<String> = text("client_name"),
        /// Hidden from lists unless asked for.
        inactive: bool = flag("inactive"),
        /// Marked as important.
        important: bool = flag("isimportantcontact"),
        /// Login name.
        login: Option<String> = text("login"),
        /// Plain text.
        notes: Option<String> = text("notes"),
        /// Custom fields.
        custom_fields: Vec<CustomField> = records("customfields"),
        /// Last change, on the detail only.
        changed: Option<i64> = instant("ulastupdate"),
    }
}

record! {
    /// A postal address: lines 1 and 2 street, 3 town, 4 county, 5 postal code.
    part Address {
        /// Street.
        line1: Option<String> = text("line1"),
        /// Street, continued.
        line2: Option<String> = text("line2"),
        /// Town.
        line3: Option<String> = text("line3"),
        /// County or state.
        line4: Option<String> = text("line4"),
        /// Postal code, where `postcode` is missing.
        line5: Option<String> = text("line5"),
        /// Postal code.
        code: Option<String> = text("postcode"),
        /// Country.
        country: Option<String> = text("country"),
    }
}

impl Client {
    /// Kind of customer in words: its type where the instance names it, else its relationships
    /// ("Customer", "Prospect").
    pub fn type_name(&self) -> Option<String> {
        let worded = |text: &String| text.chars().any(char::is_alphabetic);
        let named = |row: &Value| row.get("name").and_then(Value::as_str).map(str::to_owned);
        self.kind.clone().or_else(|| match self.raw.get("customer_relationship") {
            Some(Value::Array(rows)) => {
                Some(rows.iter().filter_map(named).collect::<Vec<_>>().join(", ")).filter(worded)
            }
            _ => read::text(&self.raw, "customer_relationship").filter(worded),
        })
    }
}

impl Site {
    /// The delivery address: the nested one of a detail, or the flattened one of a list row
    /// (`includeaddress=true`); else the invoice address.
    pub fn address(&self) -> Option<Address> {
        let line = |n: u8| read::text(&self.raw, &format!("delivery_address_line{n}"));
        let flat = Address {
            line1: line(1),
            line2: line(2),
            line3: line(3),
            line4: line(4),
            line5: line(5),
            code: None,
            country: None,
            raw: Default::default(),
        };
        let nested = self.delivery_address.clone();
        let found = [nested, Some(flat), self.invoice_address.clone()].into_iter().flatten().find(|a| !a.is_empty());
        found.map(|mut address| {
            let country = || self.country_code.clone().or_else(|| self.country_name.clone());
            address.country = address.country.or_else(country);
            address
        })
    }
}

impl User {
    /// Full name, made of its parts where Halo sends none.
    pub fn full_name(&self) -> Option<String> {
        self.name.clone().or_else(|| {
            let parts: Vec<&str> = [&self.first_name, &self.surname].into_iter().filter_map(|p| p.as_deref()).collect();
            (!parts.is_empty()).then(|| parts.join(" "))
        })
    }

    /// The "General User" that Halo keeps for every site: no person.
    pub fn is_general(&self) -> bool {
        self.name.as_deref().is_some_and(|n| n.trim().eq_ignore_ascii_case("general user"))
    }
}

impl Address {
    /// Postal code.
    pub fn postcode(&self) -> Option<&str> {
        self.code.as_deref().or(self.line5.as_deref())
    }

    /// Whether nothing is filled in.
    pub fn is_empty(&self) -> bool {
        [&self.line1, &self.line2, &self.line3, &self.line4, &self.line5, &self.code].iter().all(|l| l.is_none())
    }
}
