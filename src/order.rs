//! Sorting without a copy of the sorting algorithm for each type: one sorts places, and the items then move there.
//!
//! The standard library's sort is about 5 KB of code for every type and comparison; there are some fifty of them.

use std::cmp::Ordering;

/// Items put one by one into a map or set that keeps an order: collecting would sort them first.
pub fn gathered<T, C: Default + Extend<T>>(items: impl IntoIterator<Item = T>) -> C {
    let mut all = C::default();
    all.extend(items);
    all
}

/// Sorts that keep what is alike in its order.
pub trait Order<T> {
    /// By a comparison.
    fn order_by(&mut self, compare: impl Fn(&T, &T) -> Ordering);

    /// By a key, which is made once for each item.
    fn order_by_key<K: Ord>(&mut self, key: impl Fn(&T) -> K);

    /// By places that were arranged before ([`arranged`]).
    fn settle(&mut self, places: Vec<usize>);

    /// By the items themselves.
    fn order(&mut self)
    where
        T: Ord,
    {
        self.order_by(T::cmp);
    }
}

impl<T> Order<T> for [T] {
    fn order_by(&mut self, compare: impl Fn(&T, &T) -> Ordering) {
        let places = arranged(self.len(), &|a, b| compare(&self[a], &self[b]));
        self.settle(places);
    }

    fn order_by_key<K: Ord>(&mut self, key: impl Fn(&T) -> K) {
        let keys: Vec<K> = self.iter().map(key).collect();
        self.settle(arranged(keys.len(), &|a, b| keys[a].cmp(&keys[b])));
    }

    fn settle(&mut self, places: Vec<usize>) {
        exchange(places, &mut |a, b| self.swap(a, b));
    }
}

/// Which item belongs in each place, by a comparison of the items in two places.
#[inline(never)]
pub fn arranged(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..len).collect();
    places.sort_by(|a, b| compare(*a, *b));
    places
}

/// Brings each item to its place by exchanging two at a time.
#[inline(never)]
fn exchange(mut places: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..places.len() {
        let mut at = start;
        while places[at] != start {
            let from = std::mem::replace(&mut places[at], at);
            swap(at, from);
            at = from;
        }
        places[at] = at;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_as_the_standard_library_does() {
        for len in 0..60_u32 {
            let made = |n: u32| (n.wrapping_mul(2_654_435_761) >> 7) % 11;
            let mut items: Vec<(u32, u32)> = (0..len).map(|n| (made(n), n)).collect();
            let mut wanted = items.clone();
            wanted.sort_by_key(|(key, _)| *key);
            let mut by_key = items.clone();
            by_key.order_by_key(|(key, _)| *key);
            assert_eq!(by_key, wanted, "alike keep their order");
            items.order_by(|a, b| b.cmp(a));
            wanted.sort_by(|a, b| b.cmp(a));
            assert_eq!(items, wanted);
        }
    }
}
