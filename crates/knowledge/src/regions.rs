//! Places: the country, its areas and provinces with their codes over time, districts, and places abroad.
//!
//! A province keeps its id (`bac-ninh`) for as long as its name is used, whatever its borders; [`Regions::code_on`] tells
//! which territory a name means on a day, and [`Regions::successors_on`] where the territory of a province went.

mod table;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::{Files, KnowledgeError};

/// What a region is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RegionKind {
    /// Vietnam, or a country abroad.
    Country,
    /// An area of Vietnam that statistics are published for, such as the Red River Delta.
    Area,
    /// A province or a city of the same rank.
    Province,
    /// A group of countries, a part of the world, or the world.
    Bloc,
}

/// A place that a figure can be about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// The value of the column `region`.
    pub id: String,
    /// What it is.
    pub kind: RegionKind,
    /// Vietnamese name.
    pub vi: String,
    /// English name.
    pub en: String,
    /// Spellings that always mean the place.
    pub says: Vec<String>,
    /// Spellings that mean it only after a place word or as an item of a list of places.
    pub weak: Vec<String>,
    /// Bodies whose word is about the place where no other is named.
    pub offices: Vec<String>,
    /// Official codes, oldest first.
    pub codes: Vec<Code>,
    /// Where its territory went, oldest first.
    pub became: Vec<Successor>,
}

/// An official code and the days on which it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// The list that it belongs to: `gso-63`, `nso-34` …
    pub scheme: String,
    /// The code.
    pub code: String,
    /// ISO 3166-2 or 3166-1 code.
    pub iso: Option<String>,
    /// The unit's full name.
    pub name: String,
    /// Id of the area that it belongs to.
    pub area: Option<String>,
    /// First day; none if the start does not matter.
    pub from: Option<Date>,
    /// Last day; none if it still holds.
    pub until: Option<Date>,
}

impl Code {
    /// Whether the code holds on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// A region that took over territory, and since when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Successor {
    /// Id of the region.
    pub region: String,
    /// First day.
    pub on: Date,
}

/// What has to stand beside a spelling before it means a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Needs {
    /// Nothing: it always means the place.
    Nothing,
    /// A place word such as `tỉnh`, `tại`, `ở`, or other places in a list.
    PlaceWord,
    /// One of [`Regions::kinds`] or [`Regions::works`] before it.
    Kind,
    /// One of [`Regions::kinds`] before it and one of its provinces beside it or in the context.
    Province,
}

/// A spelling, and the place that it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceName {
    /// The spelling, in NFC and with the capitals of a name.
    pub text: String,
    /// Ids of the regions that it can mean; several only if it needs its province.
    pub regions: Vec<String>,
    /// What has to stand beside it.
    pub needs: Needs,
    /// Whether it names the region itself and not a place in it.
    pub whole: bool,
}

/// Words by which a place stands in a sentence and is not where its figures hold.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Elsewhere {
    /// What opens the name of an enterprise or an exchange that ends with a place (`CTCP Cao su Đắk Lắk`).
    pub bodies: Vec<String>,
    /// Trades before a place that make a short name of an enterprise (`Dược Hậu Giang`).
    pub trades: Vec<String>,
    /// What says only where someone sits (`trụ sở tại`).
    pub seats: Vec<String>,
    /// What leaves a place out or measures from it (`trừ`, `cách`).
    pub barred: Vec<String>,
    /// Among what something has its rank (`thứ 2 thế giới`).
    pub ranks: Vec<String>,
    /// Who was elected in a place (`đại biểu Nguyễn Văn A (Hải Phòng)`).
    pub delegates: Vec<String>,
    /// What says only what lies around (`nằm ở phía Nam vùng Đồng bằng sông Cửu Long`).
    pub lies: Vec<String>,
    /// Meetings, which are held somewhere (`đại hội cổ đông tại TP.HCM`).
    pub meetings: Vec<String>,
}

/// Words by which a figure is a country's own abroad.
#[derive(Clone, Debug, Default)]
pub struct Abroad {
    /// Words right before a country whose own a figure is (`kinh tế Đức`).
    pub own: Vec<String>,
    /// What opens the name of a body that a country ends (`Bộ Lao động Mỹ`).
    pub offices: Vec<String>,
    /// What a country does itself where it opens a clause (`Thái Lan xuất khẩu`).
    pub acts: Vec<String>,
    /// Words that point to the country named last (`nước này`).
    pub there: Vec<String>,
}

/// All places, checked.
#[derive(Clone, Debug, Default)]
pub struct Regions {
    all: Vec<Region>,
    by_id: BTreeMap<String, usize>,
    names: Vec<PlaceName>,
    kinds: Vec<String>,
    here: Vec<String>,
    works: Vec<String>,
    elsewhere: Elsewhere,
    abroad: Abroad,
}

impl Regions {
    /// Reads and checks `regions.toml`, `districts.toml` and `countries.toml`.
    pub fn load(files: &Files) -> Result<Self, KnowledgeError> {
        table::load(files)
    }

    /// Every region: Vietnam, its areas and provinces, countries, groups of countries.
    pub fn all(&self) -> &[Region] {
        &self.all
    }

    /// The region of an id.
    pub fn get(&self, id: &str) -> Option<&Region> {
        self.by_id.get(id).map(|&at| &self.all[at])
    }

    /// Every spelling of every place, for a matcher that prefers the longest.
    pub fn names(&self) -> &[PlaceName] {
        &self.names
    }

    /// Words that make the name after them a district, a commune, an island …
    pub fn kinds(&self) -> &[String] {
        &self.kinds
    }

    /// Words that make the name after them an industrial zone, a port, a border gate …
    pub fn works(&self) -> &[String] {
        &self.works
    }

    /// Words by which a place is not where a figure holds.
    pub fn elsewhere(&self) -> &Elsewhere {
        &self.elsewhere
    }

    /// Words by which a figure is a country's own abroad.
    pub fn abroad(&self) -> &Abroad {
        &self.abroad
    }

    /// Words that point to the province that a text is about (`toàn tỉnh`).
    pub fn here(&self) -> &[String] {
        &self.here
    }

    /// The official code of a region on a day; none before or after its time.
    pub fn code_on(&self, id: &str, day: Date) -> Option<&Code> {
        self.get(id)?.codes.iter().find(|code| code.holds_on(day))
    }

    /// The region that a code means on a day: 24 is Bắc Giang until 2025-06-30 and Bắc Ninh after it.
    pub fn of_code(&self, code: &str, day: Date) -> Option<&Region> {
        let means =
            |region: &&Region| region.kind == RegionKind::Province && region.codes.iter().any(|own| own.code == code && own.holds_on(day));
        self.all.iter().find(means)
    }

    /// The regions that hold a region's former territory on a day: itself while nothing happened, one after a merger,
    /// several after a division.
    pub fn successors_on(&self, id: &str, day: Date) -> Vec<&Region> {
        let Some(region) = self.get(id) else { return Vec::new() };
        let Some(next) = region.became.iter().find(|step| step.on <= day) else { return vec![region] };
        let mut found: Vec<&Region> = Vec::new();
        for part in region.became.iter().filter(|step| step.on == next.on) {
            // A division can leave the old name to one of its parts.
            let heirs = if part.region == id { self.get(id).into_iter().collect() } else { self.successors_on(&part.region, day) };
            for heir in heirs {
                if found.iter().all(|seen| seen.id != heir.id) {
                    found.push(heir);
                }
            }
        }
        found
    }

    /// The one region that holds a region's whole former territory on a day; none after a division.
    pub fn successor_on(&self, id: &str, day: Date) -> Option<&Region> {
        match self.successors_on(id, day).as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }

    /// The provinces whose territory a province holds since a merger on that day or before, itself first.
    pub fn predecessors_on(&self, id: &str, day: Date) -> Vec<&Region> {
        let merged_in = |region: &&Region| {
            region.id != id && region.became.iter().any(|step| step.region == id && step.on <= day) && region.became.len() == 1
        };
        self.get(id).into_iter().chain(self.all.iter().filter(merged_in)).collect()
    }
}

#[cfg(test)]
mod tests;
