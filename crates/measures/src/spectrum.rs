//! Spectra: whole ones of small networks, the upper ends of large ones.
//!
//! The eigenvalues λ of the adjacency matrix A tell how fast things spread (the epidemic threshold is 1/λ₁), those of the
//! Laplacian L = D − A how well a network hangs together: 0 stands in it once a component, and the next one, μ₂, is what the
//! cheapest cut is worth (Fiedler 1973).
//!
//! ```
//! use hydranet_measures::spectrum::{adjacency_spectrum, laplacian_spectrum};
//! use hydranet_overlay::Csr;
//! let (triangle, _) = Csr::from_edges(3, &[[0, 1], [1, 2], [0, 2]]);
//! let near = |got: Vec<f64>, want: [f64; 3]| got.iter().zip(want).all(|(g, w)| (g - w).abs() < 1e-12);
//! assert!(near(adjacency_spectrum(&triangle), [-1.0, -1.0, 2.0]));
//! assert!(near(laplacian_spectrum(&triangle), [0.0, 3.0, 3.0]));
//! ```

pub mod adjacency;
pub mod dense;
pub mod lanczos;
pub mod laplacian;

use hydranet_overlay::Csr;

/// All eigenvalues of the adjacency matrix of a symmetric network, rising. O(n³) time, 8 n² bytes.
pub fn adjacency_spectrum(csr: &Csr) -> Vec<f64> {
    dense::eigenvalues(csr.nodes() as usize, adjacency::dense(csr))
}

/// All eigenvalues of the Laplacian of a symmetric network, rising. O(n³) time, 8 n² bytes.
pub fn laplacian_spectrum(csr: &Csr) -> Vec<f64> {
    dense::eigenvalues(csr.nodes() as usize, laplacian::dense(csr))
}
