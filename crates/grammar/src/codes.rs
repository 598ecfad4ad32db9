//! The codes of what narrows a figure: its product, industry and partner are those that its breakdown names.
//!
//! What narrows a figure is found as words (`statement/narrowing.rs`), partly in sentences before its own. A figure of
//! `Nhật Bản` must not keep the code of the market before it, nor go without one.

use std::slice;

use knowledge::Knowledge;
use model::Observation;
use rustc_hash::FxHashMap;

use crate::frame::What;
use crate::letters::lowered;
use crate::statement::{Draft, Found};

/// Every name of a product, industry or partner, in lower case.
#[derive(Debug)]
pub(crate) struct Codes<'k> {
    known: &'k Knowledge,
    /// A name can be of a product and an industry (`thủy sản`).
    names: FxHashMap<String, Vec<What>>,
    /// Names of partners that are everyday words too, unless they have a capital letter (`Anh`).
    proper: FxHashMap<String, What>,
}

impl<'k> Codes<'k> {
    pub(crate) fn new(known: &'k Knowledge) -> Self {
        let mut names: FxHashMap<String, Vec<What>> = FxHashMap::default();
        let products = known.products.iter().enumerate().map(|(at, product)| (&product.says, What::Product(at as u16)));
        let industries = known.industries.iter().enumerate().map(|(at, industry)| (&industry.says, What::Industry(at as u16)));
        let partners = known.partners.iter().enumerate().map(|(at, partner)| (&partner.says, What::Partner(at as u16)));
        for (says, what) in products.chain(industries).chain(partners) {
            for name in says {
                names.entry(lowered(name)).or_default().push(what);
            }
        }
        let proper = known.partners.iter().enumerate().map(|(at, partner)| (lowered(&partner.vi), What::Partner(at as u16)));
        Self { known, names, proper: proper.collect() }
    }

    /// Sets the breakdown of a figure to the parts that narrow it, and its codes to those of the parts.
    pub(crate) fn settle(&self, mut parts: Vec<String>, draft: &Draft, figure: &mut Observation) {
        let topic = &draft.topic;
        let mut codes: Vec<&[What]> = parts.iter().map(|part| self.named(part)).collect();
        let partner = partner(draft, &codes);
        let stays = |named: &&[What]| named.iter().all(|code| !is_partner(code) || Some(*code) == partner);
        let mut stay = codes.iter().map(stays);
        parts.retain(|_| stay.next().unwrap_or(true));
        codes.retain(stays);
        let named = || codes.iter().flat_map(|named| named.iter()).copied();
        let kept = |own: Option<What>, is: fn(&What) -> bool| {
            let rivals = named().any(|code| is(&code));
            own.filter(|own| !rivals || named().any(|code| code == *own))
        };
        let product = kept(topic.product.map(What::Product), is_product);
        let industry = kept(topic.industry.map(What::Industry), is_industry);
        let none = product.is_none() && industry.is_none();
        let good = named().find(|code| is_product(code) || is_industry(code)).filter(|_| none);
        (figure.product, figure.industry, figure.partner) = (None, None, None);
        for code in [product, industry, good, partner].into_iter().flatten() {
            self.mark(code, figure);
        }
        figure.breakdown = if parts.len() > 1 { Some(parts.join(", ")) } else { parts.pop() };
    }

    /// What a part names as a whole, behind words that say only that it is a part (`các thị trường`).
    fn named(&self, part: &str) -> &[What] {
        let lower = lowered(part);
        let (mut printed, mut folded) = (part, lower.as_str());
        loop {
            if let Some(named) = self.names.get(folded) {
                return named;
            }
            if let Some(what) = self.proper.get(folded).filter(|_| printed.starts_with(char::is_uppercase)) {
                return slice::from_ref(what);
            }
            let checks = &self.known.checks;
            let Some((rest, small)) = checks.behind_generic(printed).zip(checks.behind_generic(folded)) else { return &[] };
            (printed, folded) = (rest, small);
        }
    }

    fn mark(&self, code: What, figure: &mut Observation) {
        match code {
            What::Product(index) => figure.product = Some(self.known.products[index as usize].id.clone()),
            What::Industry(index) => figure.industry = Some(self.known.industries[index as usize].id.clone()),
            What::Partner(index) => figure.partner = Some(self.known.partners[index as usize].id.clone()),
            _ => {}
        }
    }
}

/// The partner of a figure among those that its parts name: the one of its own clause, else the one named last.
/// `sang Nhật Bản đạt …; xuất khẩu sang Mỹ chiếm 24%`, `sang Singapore 450 tấn và Malaysia 1.150 tấn`.
fn partner(draft: &Draft, codes: &[&[What]]) -> Option<What> {
    let own = draft.topic.partner.map(What::Partner);
    let mut named = codes.iter().flat_map(|named| named.iter()).copied().filter(is_partner);
    let here = own.filter(|own| draft.topic_from == Found::Clause && named.clone().any(|code| code == *own));
    here.or_else(|| named.rfind(|code| Some(*code) != own)).or(own)
}

fn is_product(code: &What) -> bool {
    matches!(code, What::Product(_))
}

fn is_industry(code: &What) -> bool {
    matches!(code, What::Industry(_))
}

fn is_partner(code: &What) -> bool {
    matches!(code, What::Partner(_))
}
