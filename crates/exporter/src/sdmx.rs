//! SDMX-CSV 2.0 of the table `series`.

use std::fmt::Write as _;
use std::path::Path;

use polars::prelude::*;

use crate::{ExportError, chunks, csv};

/// The structure that the rows follow.
pub const STRUCTURE: &str = "SOLIEU:NEWS_OBS(1.0.0)";

/// Dimensions in the order of their keys: SDMX name and column. A missing code is `_Z`, not applicable.
pub const DIMENSIONS: [(&str, &str); 12] = [
    ("FREQ", "frequency"),
    ("REF_AREA", "region"),
    ("INDICATOR", "indicator"),
    ("COUNTERPART_AREA", "partner"),
    ("ACTIVITY", "industry"),
    ("PRODUCT", "product"),
    ("BREAKDOWN", "breakdown"),
    ("MEASURE", "measure"),
    ("VALUE_KIND", "status"),
    ("COMPARISON_PERIOD", "compared_with"),
    ("UNIT_MEASURE", "unit"),
    ("TIME_PERIOD", "period"),
];

/// Writes `series.sdmx.csv`.
pub fn write(series: &[LazyFrame], folder: &Path) -> Result<(), ExportError> {
    let path = folder.join("series.sdmx.csv");
    let mut writer = csv::Writer::create(&path, false)?;
    let rows: Vec<LazyFrame> = series.iter().cloned().map(rows).collect();
    chunks::each(&rows, &path, |chunk| writer.write(&path, &chunk))?;
    writer.finish(&path)
}

fn rows(series: LazyFrame) -> LazyFrame {
    let mut columns = vec![lit("datastructure").alias("STRUCTURE"), lit(STRUCTURE).alias("STRUCTURE_ID"), lit("I").alias("ACTION")];
    columns.extend(DIMENSIONS.iter().map(|(name, column)| dimension(column).alias(*name)));
    columns.extend([
        col("value").alias("OBS_VALUE"),
        observation_status().alias("OBS_STATUS"),
        lit(0).alias("UNIT_MULT"),
        col("sources").alias("SOURCES"),
        col("series").alias("SERIES_ID"),
    ]);
    series.select(columns)
}

fn dimension(column: &str) -> Expr {
    let text = col(column).cast(DataType::String);
    match column {
        "measure" | "status" => text.str().to_uppercase(),
        "unit" => text.map(|units| with_ids(&units), |_, field| Ok(field.clone())),
        "frequency" => when(text.clone().eq(lit("_O"))).then(lit("I")).otherwise(text),
        _ => text.fill_null(lit("_Z")),
    }
}

fn with_ids(codes: &Column) -> PolarsResult<Column> {
    let ids = codes.str()?.apply_into_string_amortized(|code: &str, out: &mut String| out.push_str(&code_id(code)));
    Ok(ids.into_column())
}

/// A code as the ids of SDMX are spelled: letters, digits, `_`, `@`, `$` and `-`.
///
/// A percent is `PT`, as in the lists that statistics offices share, a slash `_` and a point `-`; any other character is its
/// number in hexadecimal behind a `$`, so that no two codes fall together.
pub fn code_id(code: &str) -> String {
    code.chars().fold(String::with_capacity(code.len()), |mut id, letter| {
        match letter {
            '%' => id.push_str("PT"),
            '/' => id.push('_'),
            '.' => id.push('-'),
            '_' | '@' | '$' | '-' => id.push(letter),
            _ if letter.is_ascii_alphanumeric() => id.push(letter),
            _ => {
                let _ = write!(id, "${:X}", u32::from(letter));
            }
        }
        id
    })
}

/// `CL_OBS_STATUS`: it has no code for a target, which is a kind of forecast there and told apart by `VALUE_KIND`.
fn observation_status() -> Expr {
    let status = col("status").cast(DataType::String);
    when(status.clone().eq(lit("actual")))
        .then(lit("A"))
        .when(status.clone().eq(lit("estimate")))
        .then(lit("E"))
        .when(status.eq(lit("preliminary")))
        .then(lit("P"))
        .otherwise(lit("F"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use knowledge::Knowledge;

    use super::code_id;

    #[test]
    fn codes_become_ids_of_sdmx() {
        for (code, id) in
            [("USD", "USD"), ("%", "PT"), ("%/month", "PT_month"), ("t.km", "t-km"), ("°C", "$B0C"), ("ho-chi-minh", "ho-chi-minh")]
        {
            assert_eq!(code_id(code), id);
        }
    }

    #[test]
    fn no_two_units_share_an_id() {
        let known = Knowledge::load(None).unwrap();
        let mut ids = BTreeMap::new();
        for unit in &known.units.units {
            let earlier = ids.insert(code_id(&unit.id), &unit.id);
            assert!(earlier.is_none_or(|earlier| *earlier == unit.id), "{earlier:?} and {}", unit.id);
        }
    }

    /// Only units are spelled anew in the rows; the other lists hold ids that SDMX takes as they are.
    #[test]
    fn the_other_codes_are_ids_already() {
        let known = Knowledge::load(None).unwrap();
        let regions = known.regions.all().iter().map(|region| region.id.as_str());
        let indicators = known.indicators.iter().map(|indicator| indicator.id.as_str());
        let industries = known.industries.iter().map(|industry| industry.id.as_str());
        let products = known.products.iter().map(|product| product.id.as_str());
        let partners = known.partners.iter().map(|partner| partner.id.as_str());
        for id in regions.chain(indicators).chain(industries).chain(products).chain(partners) {
            assert_eq!(code_id(id), id);
        }
    }
}
