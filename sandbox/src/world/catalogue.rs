//! What the provider's clients own: asset types, and the models on sale.

use super::AssetType;

/// Halo ids of the asset types.
pub mod kind {
    /// Laptop.
    pub const LAPTOP: i64 = 121;
    /// Desktop.
    pub const DESKTOP: i64 = 122;
    /// Server.
    pub const SERVER: i64 = 123;
    /// Firewall.
    pub const FIREWALL: i64 = 124;
    /// Switch.
    pub const SWITCH: i64 = 125;
    /// Printer.
    pub const PRINTER: i64 = 126;
    /// Mobile phone.
    pub const MOBILE: i64 = 127;
    /// Access point.
    pub const ACCESS_POINT: i64 = 128;
}

const PC: &str = "Serial Number|Manufacturer|Model|Operating System|CPU|Memory|Storage|IP Address|MAC Address";
const SERVER: &str = "Serial Number|Manufacturer|Model|Operating System|CPU|Memory|Storage|IP Address|MAC Address|Role";
const NETWORK: &str = "Serial Number|Manufacturer|Model|Firmware|IP Address|MAC Address";
const PRINTER: &str = "Serial Number|Manufacturer|Model|Firmware|IP Address|MAC Address|Print Queue";
const MOBILE: &str = "Serial Number|Manufacturer|Model|Operating System|IMEI|Phone Number|Network Operator";

/// Type id, name, group id, group, Hudu layout, letters in the asset tag, field names.
type Row = (i64, &'static str, i64, &'static str, &'static str, &'static str, &'static str);

#[rustfmt::skip]
const TYPES: [Row; 8] = [
    (kind::LAPTOP, "Laptop", 21, "Computers", "Computer Assets", "LT", PC),
    (kind::DESKTOP, "Desktop", 21, "Computers", "Computer Assets", "DT", PC),
    (kind::SERVER, "Server", 22, "Servers", "Servers", "SV", SERVER),
    (kind::FIREWALL, "Firewall", 23, "Network", "Network Devices", "FW", NETWORK),
    (kind::SWITCH, "Switch", 23, "Network", "Network Devices", "SW", NETWORK),
    (kind::PRINTER, "Printer", 24, "Peripherals", "Printers", "PR", PRINTER),
    (kind::MOBILE, "Mobile phone", 25, "Mobile", "Mobile Devices", "MB", MOBILE),
    (kind::ACCESS_POINT, "Access point", 23, "Network", "Network Devices", "AP", NETWORK),
];

/// The asset types of the provider's Halo.
pub fn asset_types() -> Vec<AssetType> {
    TYPES
        .iter()
        .map(|&(id, name, group_id, group, layout, _, fields)| AssetType {
            id,
            name: name.into(),
            group_id,
            group: group.into(),
            layout: layout.into(),
            fields: fields.split('|').map(String::from).collect(),
        })
        .collect()
}

/// The letters that an asset tag carries for a type: "LT" in `HF-LT-042`.
pub fn letters(type_id: i64) -> &'static str {
    TYPES.iter().find(|row| row.0 == type_id).map_or("XX", |row| row.5)
}

/// The names of a type's fields, in order.
pub fn field_names(type_id: i64) -> impl Iterator<Item = &'static str> {
    TYPES.iter().filter(move |row| row.0 == type_id).flat_map(|row| row.6.split('|'))
}
