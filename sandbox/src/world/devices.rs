//! Devices: the models on sale, and how a device's fields are filled in.

use jiff::civil::Date;

use super::catalogue::{field_names, kind, letters};
use super::days::day;
use super::seed::Seed;
use super::{Asset, Client};

/// A model that a manufacturer sells.
#[derive(Debug)]
pub struct Model {
    /// Halo id of the asset type.
    pub type_id: i64,
    /// "Dell".
    pub maker: &'static str,
    /// "Latitude 7450".
    pub name: &'static str,
    /// Operating system, or firmware for what has no other.
    pub system: &'static str,
    /// Processor; empty for what nobody asks about.
    pub cpu: &'static str,
    /// Pattern of the serial number, see [`Seed::pattern`].
    pub serial: &'static str,
    /// First half of the MAC address.
    pub oui: &'static str,
}

const fn model(
    type_id: i64,
    maker: &'static str,
    name: &'static str,
    system: &'static str,
    cpu: &'static str,
    serial: &'static str,
    oui: &'static str,
) -> Model {
    Model { type_id, maker, name, system, cpu, serial, oui }
}

const W11: &str = "Windows 11 Pro 24H2";

#[rustfmt::skip]
const MODELS: [Model; 31] = [
    model(kind::LAPTOP, "Dell", "Latitude 7450", W11, "Intel Core Ultra 7 165U", "??????3", "c8:f7:50"),
    model(kind::LAPTOP, "Dell", "Latitude 5440", W11, "Intel Core i5-1345U", "??????4", "c8:f7:50"),
    model(kind::LAPTOP, "Lenovo", "ThinkPad T14 Gen 5", W11, "AMD Ryzen 7 PRO 8840U", "PF#?????", "6c:24:08"),
    model(kind::LAPTOP, "HP", "EliteBook 840 G11", W11, "Intel Core Ultra 5 135U", "5CG####???", "50:81:40"),
    model(kind::LAPTOP, "Apple", "MacBook Pro 14 (M4)", "macOS 26.1", "Apple M4 Pro", "??????????", "bc:d0:74"),
    model(kind::LAPTOP, "Microsoft", "Surface Laptop 7", W11, "Snapdragon X Elite", "0##########53", "28:16:a8"),
    model(kind::DESKTOP, "Dell", "OptiPlex 7020 Micro", W11, "Intel Core i5-14500T", "??????2", "e4:54:e8"),
    model(kind::DESKTOP, "HP", "Elite Mini 800 G9", W11, "Intel Core i7-13700T", "8CC####???", "7c:57:58"),
    model(kind::DESKTOP, "Lenovo", "ThinkCentre M70q Gen 4", "Windows 10 Pro 22H2", "Intel Core i5-13400T", "PC#?????", "88:a4:c2"),
    model(kind::DESKTOP, "Apple", "iMac 24 (M3)", "macOS 15.7", "Apple M3", "??????????", "bc:d0:74"),
    model(kind::SERVER, "Dell", "PowerEdge R660", "VMware ESXi 8.0 U3", "2 x Intel Xeon Gold 6426Y", "??????3", "d0:8e:79"),
    model(kind::SERVER, "Dell", "PowerEdge T360", "Windows Server 2022 Standard", "Intel Xeon E-2478", "??????4", "d0:8e:79"),
    model(kind::SERVER, "HPE", "ProLiant DL380 Gen11", "Windows Server 2025 Datacenter", "Intel Xeon Silver 4416+", "CZ####????", "5c:ed:8c"),
    model(kind::SERVER, "Synology", "RackStation RS2423+", "DSM 7.2.2", "AMD Ryzen V1780B", "22##?????????", "00:11:32"),
    model(kind::FIREWALL, "Fortinet", "FortiGate 60F", "FortiOS 7.4.9", "", "FGT60FTK########", "94:ff:3c"),
    model(kind::FIREWALL, "Fortinet", "FortiGate 100F", "FortiOS 7.4.9", "", "FG100FTK########", "94:ff:3c"),
    model(kind::FIREWALL, "WatchGuard", "Firebox T45", "Fireware 12.11.2", "", "80C#0##???##", "00:90:7f"),
    model(kind::FIREWALL, "Sophos", "XGS 116", "SFOS 21.0 MR1", "", "X11##??????????", "7c:5a:1c"),
    model(kind::SWITCH, "HPE Aruba", "Instant On 1930 24G", "3.2.0", "", "CN##??????", "88:3a:30"),
    model(kind::SWITCH, "Cisco", "Catalyst 1300-48P", "4.1.6.54", "", "FOC####????", "a4:53:0e"),
    model(kind::SWITCH, "Ubiquiti", "USW Pro 24 PoE", "7.2.123", "", "74ACB9??????", "74:ac:b9"),
    model(kind::PRINTER, "HP", "LaserJet Pro M404dn", "002_2508A", "", "PHB??#####", "f8:0d:ac"),
    model(kind::PRINTER, "Ricoh", "IM C3010", "1.08", "", "312#M?#####", "58:38:79"),
    model(kind::PRINTER, "Brother", "MFC-L8690CDW", "ZK2503", "", "E#####?#N######", "b4:22:00"),
    model(kind::PRINTER, "Zebra", "ZD421d", "V93.21.26Z", "", "D#N#########", "48:a4:93"),
    model(kind::MOBILE, "Apple", "iPhone 16", "iOS 26.1", "", "??????????", ""),
    model(kind::MOBILE, "Samsung", "Galaxy S24 Enterprise Edition", "Android 16", "", "R5C?##?????", ""),
    model(kind::MOBILE, "Google", "Pixel 9a", "Android 16", "", "#####?????????", ""),
    model(kind::ACCESS_POINT, "Ubiquiti", "U7 Pro", "8.2.17", "", "28704E??????", "28:70:4e"),
    model(kind::ACCESS_POINT, "HPE Aruba", "AP25", "3.2.1", "", "CN##??????", "88:3a:30"),
    model(kind::ACCESS_POINT, "Cisco", "Meraki MR46", "31.1.8", "", "Q3AJ-????-????", "cc:6e:2a"),
];

/// What the serial number of a self-built or badly imaged computer says.
pub const JUNK_SERIALS: [&str; 4] = ["To be filled by O.E.M.", "Default string", "System Serial Number", "0"];

/// All models of a type.
pub fn models(type_id: i64) -> Vec<&'static Model> {
    MODELS.iter().filter(|model| model.type_id == type_id).collect()
}

/// A model by its name.
pub fn model_named(name: &str) -> Option<&'static Model> {
    MODELS.iter().find(|model| model.name == name)
}

/// Where a new device goes.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The client that owns it.
    pub client: &'a Client,
    /// Letters of the client that start each asset tag.
    pub short: &'a str,
    /// Position of the site in the client.
    pub site: usize,
    /// Number in the asset tag.
    pub number: i64,
    /// The day the warranty is counted from.
    pub today: Date,
}

/// Fills in a device of this model at this place; nobody has it yet and Hudu does not know it.
pub fn device(id: i64, model: &Model, place: Place<'_>, seed: &mut Seed) -> Asset {
    let Place { client, short, site, number, today } = place;
    let address = format!("10.{}.{}.{}", client.id + 28, (site + 1) * 10, host(model.type_id, number));
    let fields = field_names(model.type_id)
        .map(|name| (name.to_string(), value(name, model, short, &address, seed)))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    let age = seed.between(20, 1700);
    let term = *seed.pick(&[365, 1095, 1095, 1826]);
    Asset {
        id,
        tag: format!("{short}-{}-{number:03}", letters(model.type_id)),
        type_id: model.type_id,
        site_id: client.sites.get(site).or(client.sites.first()).map_or(0, |site| site.id),
        user_id: None,
        fields,
        custom: custom(model, seed, day(today, -seed_days(id))),
        status: "In use".into(),
        warranty_start: Some(day(today, -age)),
        warranty_end: Some(day(today, term - age)),
        notes: String::new(),
        inactive: false,
        in_hudu: false,
    }
}

/// Last part of the address: every type has a stretch of its own.
fn host(type_id: i64, number: i64) -> i64 {
    let (first, length) = match type_id {
        kind::FIREWALL => (0, 10),
        kind::SERVER => (10, 10),
        kind::SWITCH => (20, 20),
        kind::ACCESS_POINT => (40, 30),
        kind::PRINTER => (70, 30),
        kind::LAPTOP => (100, 90),
        _ => (190, 60),
    };
    first + number.rem_euclid(length)
}

/// Days since the last audit, spread over a quarter.
fn seed_days(id: i64) -> i64 {
    id.rem_euclid(90) + 1
}

fn custom(model: &Model, seed: &mut Seed, audited: String) -> Vec<(String, String)> {
    let mut list = vec![("CostCentre".to_string(), seed.pattern("CC-4##0")), ("LastAudit".to_string(), audited)];
    if matches!(model.type_id, kind::LAPTOP | kind::DESKTOP) {
        list.push(("DiskEncrypted".to_string(), seed.chance(85).to_string()));
    }
    list
}

fn value(name: &str, model: &Model, short: &str, address: &str, seed: &mut Seed) -> String {
    match name {
        "Serial Number" => seed.pattern(model.serial),
        "Manufacturer" => model.maker.into(),
        "Model" => model.name.into(),
        "Operating System" | "Firmware" => model.system.into(),
        "CPU" => model.cpu.into(),
        "Memory" if model.type_id == kind::SERVER => (*seed.pick(&["64 GB", "128 GB", "256 GB"])).into(),
        "Memory" => (*seed.pick(&["16 GB", "16 GB", "32 GB"])).into(),
        "Storage" if model.type_id == kind::SERVER => {
            (*seed.pick(&["4 x 960 GB SSD RAID 10", "8 x 1.92 TB SSD RAID 6"])).into()
        }
        "Storage" => (*seed.pick(&["256 GB SSD", "512 GB SSD", "1 TB SSD"])).into(),
        "IP Address" => address.into(),
        "MAC Address" => seed.pattern(&format!("{}:~~:~~:~~", model.oui)),
        "Role" => (*seed.pick(&[
            "Hyper-V host",
            "Domain controller",
            "File and print",
            "Line-of-business application",
            "Backup target",
        ]))
        .into(),
        "Print Queue" => format!("\\\\{}-print01\\{}", short.to_lowercase(), model.maker.to_lowercase()),
        "IMEI" => seed.pattern("35#############"),
        "Phone Number" => seed.pattern("07700 900###"),
        "Network Operator" => (*seed.pick(&["Vodafone", "EE", "O2", "Three"])).into(),
        _ => String::new(),
    }
}
