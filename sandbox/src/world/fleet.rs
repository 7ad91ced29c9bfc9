//! The devices of a client: what each site has, and what the people carry.

use jiff::civil::Date;

use super::catalogue::kind;
use super::clients::Row;
use super::devices::{JUNK_SERIALS, Place, device, models};
use super::seed::Seed;
use super::{Asset, Client};

/// What every site has, in the order in which a small client would buy it.
const PER_SITE: [i64; 5] = [kind::FIREWALL, kind::SWITCH, kind::ACCESS_POINT, kind::PRINTER, kind::ACCESS_POINT];
/// What people carry or sit at, again and again.
const PER_PERSON: [i64; 6] = [kind::LAPTOP, kind::DESKTOP, kind::LAPTOP, kind::MOBILE, kind::LAPTOP, kind::DESKTOP];

/// Builds the devices of a client that already has its sites and users.
pub fn fleet(row: &Row, client: &Client, first_id: i64, today: Date, seed: &mut Seed) -> Vec<Asset> {
    let total = row.size.2;
    let servers = total / 18 + 1;
    let mut plan: Vec<(i64, usize)> = (0..servers).map(|_| (kind::SERVER, 0)).collect();
    for site in 0..client.sites.len() {
        let share = if total > 12 { PER_SITE.len() } else { 4 };
        plan.extend(PER_SITE[..share].iter().map(|kind| (*kind, site)));
    }
    let mut people = client.users.iter().filter(|user| !user.inactive).cycle();
    let mut list: Vec<Asset> = Vec::with_capacity(total);
    for id in (first_id..).take(total) {
        let at = list.len();
        let fixed = plan.get(at).copied();
        let holder = if fixed.is_none() { people.next() } else { None };
        let type_id = fixed.map_or(PER_PERSON[at % PER_PERSON.len()], |found| found.0);
        let site = match (fixed, holder) {
            (Some((_, site)), _) => site,
            (None, holder) => {
                client.sites.iter().position(|site| Some(site.id) == holder.map(|user| user.site_id)).unwrap_or(0)
            }
        };
        let number = list.iter().filter(|asset| asset.type_id == type_id).count() + 1;
        let place = Place { client, short: row.short, site, number: i64::try_from(number).unwrap_or(1), today };
        let model = *seed.pick(&models(type_id));
        let mut asset = device(id, model, place, seed);
        asset.user_id = holder.filter(|_| type_id != kind::DESKTOP || seed.chance(70)).map(|user| user.id);
        asset.in_hudu = row.presence.keeps(seed, 76, 92);
        age(&mut asset, seed);
        list.push(asset);
    }
    list
}

/// Some devices are in a drawer, some are gone, some say nothing useful of themselves.
fn age(asset: &mut Asset, seed: &mut Seed) {
    let portable = matches!(asset.type_id, kind::LAPTOP | kind::DESKTOP | kind::MOBILE);
    match seed.below(100) {
        0..5 if portable => {
            asset.status = "In stock".into();
            asset.user_id = None;
            asset.notes = "In the store room, wiped.".into();
        }
        5..9 => {
            asset.status = "Retired".into();
            asset.inactive = true;
            asset.user_id = None;
            asset.notes = "Disposed of with a certificate.".into();
        }
        9..13 => {
            asset.warranty_start = None;
            asset.warranty_end = None;
        }
        _ => {}
    }
    if matches!(asset.type_id, kind::LAPTOP | kind::DESKTOP) && seed.chance(4) {
        let junk = *seed.pick(&JUNK_SERIALS);
        set_serial(asset, junk);
    }
}

/// Writes another serial number.
pub fn set_serial(asset: &mut Asset, serial: &str) {
    for (name, value) in &mut asset.fields {
        if name == "Serial Number" {
            *value = serial.into();
        }
    }
}

/// The serial number of a device; empty if it has none.
pub fn serial(asset: &Asset) -> &str {
    asset.fields.iter().find(|(name, _)| name == "Serial Number").map_or("", |(_, value)| value)
}
