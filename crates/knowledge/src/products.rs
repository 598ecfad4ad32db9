//! Goods and services that narrow an indicator.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::indicators::require;
use crate::register::Register;
use crate::{Files, Indicator, KnowledgeError};

/// A product as news and customs name it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// Id within the table.
    pub id: String,
    /// Group: `crop`, `customs`, `energy`, …
    pub group: String,
    /// Vietnamese name.
    pub vi: String,
    /// English name.
    pub en: String,
    /// Spellings; the Vietnamese name is one of them.
    pub says: Vec<String>,
    /// General indicators that a more exact one replaces beside this product (`production_volume` of paddy is `rice_output`).
    /// `none`: beside this product the general name means no indicator (the yield of maize is not `rice_yield`).
    #[serde(default)]
    pub becomes: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    product: Vec<Product>,
}

const PRODUCTS: &str = "products.toml";

/// Reads the table.
pub(crate) fn load(files: &Files, indicators: &[Indicator]) -> Result<Vec<Product>, KnowledgeError> {
    let Table { product: products } = files.table(PRODUCTS)?;
    let mut register = Register::new(files, PRODUCTS);
    for product in &products {
        register.id(&product.id)?;
        register.spellings(&product.says, &product.id)?;
        require(files, PRODUCTS, &product.becomes, indicators)?;
        if !product.says.contains(&product.vi) {
            return Err(register.malformed(&product.vi, format!("`says` of `{}` lacks its name `{}`", product.id, product.vi)));
        }
    }
    indicators.iter().filter_map(|indicator| indicator.whole.as_deref()).try_for_each(|id| register.refers(id))?;
    Ok(products)
}
