//! Rows of `series` as plain values.

use polars::prelude::*;

use model::{ComparedWith, Measure, Period, Status};

use crate::TransformError;
use crate::interval::Interval;

/// One statistical value.
#[derive(Clone, Debug)]
#[expect(clippy::struct_field_names, reason = "`value` is the column's name")]
pub struct Value<'f> {
    /// Indicator.
    pub indicator: &'f str,
    /// The words that narrow it.
    pub breakdown: Option<&'f str>,
    /// Industry.
    pub industry: Option<&'f str>,
    /// Product.
    pub product: Option<&'f str>,
    /// Partner.
    pub partner: Option<&'f str>,
    /// Place.
    pub region: &'f str,
    /// What it says.
    pub measure: Measure,
    /// Unit.
    pub unit: &'f str,
    /// When it holds.
    pub period: Period,
    /// What it is compared with.
    pub compared_with: Option<ComparedWith>,
    /// How firm it is.
    pub status: Status,
    /// The number of the first source; the middle of a range.
    pub value: f64,
    /// What the first source allows.
    pub first: Interval,
    /// Smallest and largest number of later observations.
    pub others: Option<Interval>,
    /// Independent sources.
    pub sources: i64,
    /// Whether some number fits all that they state.
    pub agreed: bool,
    /// Whether they contradict each other.
    pub conflict: bool,
    /// Whether the first was read surely enough to contradict another value.
    pub comparable: bool,
    /// The first observation's id.
    pub observation: &'f str,
    /// Row of the frame, for the list of observations.
    pub row: usize,
}

/// All values of a frame, with the lists that they come from.
#[derive(Debug)]
pub struct Values<'f> {
    /// The values.
    pub all: Vec<Value<'f>>,
    observations: &'f ListChunked,
}

impl<'f> Values<'f> {
    /// Reads a frame of series; a row that does not parse is left out, for it cannot be compared.
    pub fn read(series: &'f DataFrame) -> Result<Self, TransformError> {
        Self::try_read(series).map_err(TransformError::frame("reading series"))
    }

    /// The ids of a value's observations, earliest first.
    pub fn observations(&self, value: &Value<'_>) -> Vec<String> {
        let Some(list) = self.observations.get_as_series(value.row) else {
            return Vec::new();
        };
        list.str().map(|ids| ids.iter().flatten().map(str::to_owned).collect()).unwrap_or_default()
    }

    fn try_read(series: &'f DataFrame) -> PolarsResult<Self> {
        let text = |name: &str| series.column(name)?.str();
        let number = |name: &str| series.column(name)?.f64();
        let decoded = |name: &str| series.column(name)?.str();
        let (indicator, breakdown, region) = (text("indicator")?, text("breakdown")?, text("region")?);
        let (industry, product, partner) = (text("industry")?, text("product")?, text("partner")?);
        let (measure, unit, period) = (decoded("measure")?, text("unit")?, text("period")?);
        let (compared, status) = (text("compared_with")?, decoded("status")?);
        let (value, low, high) = (number("value")?, number("first_low")?, number("first_high")?);
        let value_high = number("value_high")?;
        let (others_low, others_high) = (number("others_low")?, number("others_high")?);
        let (all_low, all_high) = (number("low")?, number("high")?);
        let sources = series.column("sources")?.i64()?;
        let conflict = series.column("conflict")?.bool()?;
        let comparable = series.column("first_comparable")?.bool()?;
        let observations = series.column("observations")?.list()?;
        let first = series.column("first_observation")?.str()?;
        let read = |row: usize| {
            Some(Value {
                indicator: indicator.get(row)?,
                breakdown: breakdown.get(row),
                industry: industry.get(row),
                product: product.get(row),
                partner: partner.get(row),
                region: region.get(row)?,
                measure: measure.get(row)?.parse().ok()?,
                unit: unit.get(row)?,
                period: period.get(row)?.parse().ok()?,
                compared_with: match compared.get(row) {
                    None => None,
                    Some("plan") => Some(ComparedWith::Plan),
                    Some(text) => Some(ComparedWith::Period(text.parse().ok()?)),
                },
                status: status.get(row)?.parse().ok()?,
                value: value.get(row).map(|value| f64::midpoint(value, value_high.get(row).unwrap_or(value)))?,
                first: Interval { low: low.get(row).unwrap_or(f64::NEG_INFINITY), high: high.get(row).unwrap_or(f64::INFINITY) },
                others: others_low.get(row).zip(others_high.get(row)).map(|(low, high)| Interval { low, high }),
                sources: sources.get(row)?,
                agreed: all_low.get(row).zip(all_high.get(row)).is_none_or(|(low, high)| !Interval { low, high }.is_empty()),
                conflict: conflict.get(row)?,
                comparable: comparable.get(row).unwrap_or(false),
                observation: first.get(row)?,
                row,
            })
        };
        Ok(Self { all: (0..series.height()).filter_map(read).collect(), observations })
    }
}
