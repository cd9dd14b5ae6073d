// The plane rotation that makes [a x; x b] diagonal. Its tangent t = s/c is the smaller root of
//     t² + 2 θ t − 1 = 0,   θ = (b − a)/2x,   t = sign(θ)/(|θ| + √(1 + θ²)),
// after which the diagonal is a − t x and b + t x.
// Range: θ² may overflow, from where on √(1 + θ²) is |θ| to the last bit; an infinite θ gives t = 0.

/** t for x ≠ 0, |t| ≤ 1. */
@inline
export function tangent(a: f64, b: f64, x: f64): f64 {
  const theta = (b - a) / (2 * x);
  const root = abs(theta) < 1e150 ? sqrt(1 + theta * theta) : abs(theta);
  return (theta >= 0 ? 1.0 : -1.0) / (abs(theta) + root);
}
