//! End users: how a person's record follows from a name and a job.

use super::User;

/// A person in a table: given name, family name, job title, department.
pub type Person<'a> = (&'a str, &'a str, &'a str, &'a str);

/// The record of a person: address and account follow from the name, phones from the id.
///
/// Phones lie in the ranges that Ofcom keeps for drama: 0131 496 0xxx and 07700 900xxx.
pub fn user(id: i64, site_id: i64, person: Person<'_>, domain: &str) -> User {
    let (first, surname, job, department) = person;
    let login = format!("{}.{}", plain(first), plain(surname));
    User {
        id,
        site_id,
        first_name: first.into(),
        surname: surname.into(),
        email: format!("{login}@{domain}"),
        phone: format!("0131 496 0{:03}", (id * 7).rem_euclid(1000)),
        mobile: format!("07700 900{:03}", (id * 13).rem_euclid(1000)),
        job_title: job.into(),
        department: department.into(),
        login,
        vip: false,
        inactive: false,
        in_hudu: false,
    }
}

/// Lower-case letters only, without accents, as an account name is made.
fn plain(name: &str) -> String {
    name.to_lowercase()
        .chars()
        .filter_map(|c| match c {
            'á' | 'à' | 'â' | 'ä' | 'å' => Some('a'),
            'é' | 'è' | 'ê' | 'ë' => Some('e'),
            'í' | 'ì' | 'ï' => Some('i'),
            'ó' | 'ò' | 'ö' | 'ø' => Some('o'),
            'ú' | 'ü' => Some('u'),
            'ñ' => Some('n'),
            'ç' => Some('c'),
            'ł' => Some('l'),
            c if c.is_ascii_alphanumeric() => Some(c),
            _ => None,
        })
        .collect()
}
