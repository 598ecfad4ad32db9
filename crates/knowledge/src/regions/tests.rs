use jiff::civil::{Date, date};

use super::*;

const BEFORE: Date = date(2025, 6, 30);
const AFTER: Date = date(2025, 7, 1);

fn regions() -> Regions {
    Regions::load(&Files::built_in()).unwrap()
}

fn meaning<'r>(regions: &'r Regions, text: &str) -> &'r PlaceName {
    regions.names().iter().find(|name| name.text == text).unwrap_or_else(|| panic!("{text} means nothing"))
}

#[test]
fn a_merged_province_takes_the_code_of_another() {
    let regions = regions();
    assert_eq!(regions.code_on("bac-giang", BEFORE).unwrap().code, "24");
    assert_eq!(regions.code_on("bac-ninh", BEFORE).unwrap().code, "27");
    assert_eq!(regions.code_on("bac-ninh", AFTER).unwrap().code, "24");
    assert_eq!(regions.code_on("bac-giang", AFTER), None);
    assert_eq!(regions.of_code("24", BEFORE).unwrap().id, "bac-giang");
    assert_eq!(regions.of_code("24", AFTER).unwrap().id, "bac-ninh");
}

#[test]
fn seven_codes_change_their_meaning() {
    let regions = regions();
    let changed: Vec<String> = (1..=96)
        .map(|number| format!("{number:02}"))
        .filter(|code| match (regions.of_code(code, BEFORE), regions.of_code(code, AFTER)) {
            (Some(before), Some(after)) => before.id != after.id,
            _ => false,
        })
        .collect();
    assert_eq!(changed, ["15", "24", "44", "52", "80", "82", "91"]);
}

#[test]
fn sixty_three_provinces_become_thirty_four() {
    let regions = regions();
    let count = |day| regions.all().iter().filter(|r| r.kind == RegionKind::Province && regions.code_on(&r.id, day).is_some()).count();
    assert_eq!(count(date(2008, 7, 31)), 64);
    assert_eq!(count(date(2008, 8, 1)), 63);
    assert_eq!(count(BEFORE), 63);
    assert_eq!(count(AFTER), 34);
}

#[test]
fn territory_goes_to_its_successors() {
    let regions = regions();
    let ids = |id, day| regions.successors_on(id, day).iter().map(|r| r.id.as_str()).collect::<Vec<_>>();
    assert_eq!(ids("bac-giang", BEFORE), ["bac-giang"]);
    assert_eq!(ids("bac-giang", AFTER), ["bac-ninh"]);
    assert_eq!(ids("ha-tay", date(2008, 7, 31)), ["ha-tay"]);
    assert_eq!(ids("ha-tay", AFTER), ["ha-noi"]);
    assert_eq!(ids("dak-lak", AFTER), ["dak-lak", "lam-dong"], "Đắk Nông left in 2004 and joined Lâm Đồng in 2025");
    assert_eq!(ids("ha-nam-ninh", BEFORE), ["nam-dinh", "ha-nam", "ninh-binh"]);
    assert_eq!(ids("ha-nam-ninh", AFTER), ["ninh-binh"]);
    assert_eq!(regions.successor_on("ha-nam-ninh", AFTER).unwrap().id, "ninh-binh");
    assert_eq!(regions.successor_on("song-be", BEFORE), None);
    assert_eq!(ids("atlantis", AFTER), [""; 0]);
}

#[test]
fn a_merged_province_knows_its_parts() {
    let regions = regions();
    let ids = |id, day| regions.predecessors_on(id, day).iter().map(|r| r.id.as_str()).collect::<Vec<_>>();
    assert_eq!(ids("lam-dong", BEFORE), ["lam-dong"]);
    assert_eq!(ids("lam-dong", AFTER), ["lam-dong", "binh-thuan", "dak-nong"]);
}

#[test]
fn the_area_of_a_province_changes_with_it() {
    let regions = regions();
    let area = |id, day| regions.code_on(id, day).unwrap().area.as_deref();
    assert_eq!(area("lam-dong", BEFORE), Some("central-highlands"));
    assert_eq!(area("lam-dong", AFTER), Some("south-central-coast-and-central-highlands"));
    assert_eq!(area("tay-ninh", AFTER), Some("south-east"));
}

#[test]
fn names_mean_their_places() {
    let regions = regions();
    for (text, region, needs, whole) in [
        ("TP.HCM", "ho-chi-minh", Needs::Nothing, true),
        ("Sài Gòn", "ho-chi-minh", Needs::PlaceWord, true),
        ("Hòa Bình", "hoa-binh", Needs::PlaceWord, true),
        ("Đắc Lắc", "dak-lak", Needs::Nothing, true),
        ("ĐBSCL", "mekong-river-delta", Needs::Nothing, true),
        ("Phú Mỹ", "ba-ria-vung-tau", Needs::Nothing, false),
        ("Phú Mỹ Hưng", "ho-chi-minh", Needs::Nothing, false),
        ("huyện Quảng Ninh", "quang-binh", Needs::Nothing, false),
        ("Thanh Xuân", "ha-noi", Needs::Kind, false),
        ("quận 1", "ho-chi-minh", Needs::Nothing, false),
        ("Kratie", "KH", Needs::Nothing, false),
        ("Đức", "DE", Needs::PlaceWord, true),
        ("toàn cầu", "world", Needs::Nothing, true),
    ] {
        let name = meaning(&regions, text);
        assert_eq!((name.regions[0].as_str(), name.needs, name.whole), (region, needs, whole), "{text}");
    }
    assert_eq!(meaning(&regions, "Châu Thành").needs, Needs::Province);
    assert!(meaning(&regions, "Châu Thành").regions.len() > 5);
}

/// The built-in tables with one change.
fn changed(table: &str, from: &str, to: &str) -> KnowledgeError {
    let folder = std::env::temp_dir().join(format!("regions-{}-{}", std::process::id(), from.len() * 1000 + to.len()));
    std::fs::create_dir_all(&folder).unwrap();
    let built_in = Files::built_in();
    for name in ["regions.toml", "districts.toml", "countries.toml"] {
        let text = built_in.text(name).unwrap();
        let text = if name == table { text.replacen(from, to, 1) } else { text.to_owned() };
        std::fs::write(folder.join(name), text).unwrap();
    }
    let error = Regions::load(&Files::from_dir(&folder).unwrap()).unwrap_err();
    std::fs::remove_dir_all(&folder).unwrap();
    error
}

#[test]
fn bad_tables_are_refused_with_file_and_line() {
    let unknown = changed("regions.toml", "region = \"bac-ninh\"", "region = \"bac-nam\"");
    assert!(unknown.to_string().starts_with("regions.toml:"), "{unknown}");
    assert!(unknown.to_string().ends_with("`bac-nam` is defined nowhere"), "{unknown}");
    let twice = changed("districts.toml", "\"Mèo Vạc\"", "\"Mèo Vạc\", \"Hà Nội\"");
    assert!(twice.to_string().ends_with("`Hà Nội` already means `ha-noi`"), "{twice}");
    let same_code = changed("regions.toml", "code = \"27\"", "code = \"24\"");
    assert!(matches!(same_code, KnowledgeError::Twice { .. }), "{same_code}");
    let key = changed("countries.toml", "cities = [", "towns = [");
    assert!(matches!(key, KnowledgeError::Malformed { .. }), "{key}");
    let spaces = changed("countries.toml", "\"Toronto\"", "\" Toronto\"");
    assert!(matches!(spaces, KnowledgeError::Malformed { .. }), "{spaces}");
}
