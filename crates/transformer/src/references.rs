//! The reference tables of a dataset: what the ids and codes mean.

use polars::prelude::DataFrame;

use crate::TransformError;
use crate::reference::Reference;
use crate::rows::Rows;

/// The reference tables by name.
pub fn frames(reference: &Reference<'_>) -> Result<Vec<(&'static str, DataFrame)>, TransformError> {
    Ok(vec![
        ("indicators", indicators(reference)?),
        ("regions", regions(reference)?),
        ("units", units(reference)?),
        ("industries", industries(reference)?),
        ("products", products(reference)?),
        ("partners", partners(reference)?),
    ])
}

fn indicators(reference: &Reference<'_>) -> Result<DataFrame, TransformError> {
    let mut rows = Rows::new(reference.table("indicators")?);
    for indicator in &reference.known.indicators {
        rows.text("indicator", indicator.id.as_str())
            .text("name_vi", indicator.vi.as_str())
            .text("name_en", indicator.en.as_str())
            .text("theme", indicator.topic.as_str())
            .text("kind", format!("{:?}", indicator.kind).to_lowercase().as_str())
            .text("unit", indicator.unit.as_deref())
            .text("sdmx_code", indicator.sdmx.as_deref())
            .text("wdi_code", indicator.wdi.as_deref())
            .end();
    }
    rows.finish()
}

/// One row for every span of time in which a place has a code.
fn regions(reference: &Reference<'_>) -> Result<DataFrame, TransformError> {
    let mut rows = Rows::new(reference.table("regions")?);
    for region in reference.known.regions.all() {
        let spans = region.codes.iter().map(Some).chain(region.codes.is_empty().then_some(None));
        for code in spans {
            let until = code.and_then(|code| code.until);
            let successor = region.became.iter().find(|next| until.is_none_or(|until| next.on > until));
            rows.text("region", region.id.as_str())
                .text("scheme", code.map(|code| code.scheme.as_str()))
                .text("code", code.map(|code| code.code.as_str()))
                .text("iso", code.and_then(|code| code.iso.as_deref()))
                .text("name_vi", region.vi.as_str())
                .text("name_en", region.en.as_str())
                .text("level", format!("{:?}", region.kind).to_lowercase().as_str())
                .text("parent", code.and_then(|code| code.area.as_deref()))
                .date("valid_from", code.and_then(|code| code.from))
                .date("valid_to", until)
                .text("successor", successor.filter(|_| until.is_some()).map(|next| next.region.as_str()))
                .end();
        }
    }
    rows.finish()
}

/// Codes of units.
fn units(reference: &Reference<'_>) -> Result<DataFrame, TransformError> {
    let mut rows = Rows::new(reference.table("units")?);
    for (id, (en, vi)) in reference.known.units.names() {
        let kind = reference.known.units.kind_of(id).map(|kind| format!("{kind:?}").to_lowercase());
        rows.text("unit", id).text("kind", kind.as_deref()).text("name_vi", vi).text("name_en", en).end();
    }
    rows.finish()
}

fn industries(reference: &Reference<'_>) -> Result<DataFrame, TransformError> {
    let mut rows = Rows::new(reference.table("industries")?);
    for industry in &reference.known.industries {
        rows.text("industry", industry.id.as_str())
            .text("name_vi", industry.vi.as_str())
            .text("name_en", industry.en.as_str())
            .text("parent", industry.parent.as_deref())
            .end();
    }
    rows.finish()
}

fn products(reference: &Reference<'_>) -> Result<DataFrame, TransformError> {
    let mut rows = Rows::new(reference.table("products")?);
    for product in &reference.known.products {
        rows.text("product", product.id.as_str())
            .text("name_vi", product.vi.as_str())
            .text("name_en", product.en.as_str())
            .text("group", product.group.as_str())
            .end();
    }
    rows.finish()
}

fn partners(reference: &Reference<'_>) -> Result<DataFrame, TransformError> {
    let mut rows = Rows::new(reference.table("partners")?);
    for partner in &reference.known.partners {
        rows.text("partner", partner.id.as_str())
            .text("name_vi", partner.vi.as_str())
            .text("name_en", partner.en.as_str())
            .text("kind", format!("{:?}", partner.kind).to_lowercase().as_str())
            .end();
    }
    rows.finish()
}
