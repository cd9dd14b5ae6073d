// The published hashes of computations.ts. Written by scripts/publish-hashes.js; do not edit.

export const published: Readonly<Record<string, string>> = {
  'philox uniforms': '4ad1c662f0a6a04bccb28bd43a124176453e49d8b8e3e5b61c3273ab69fea73c',
  'philox normals': 'a009e88a596f05aefd4d995105bf27ca9c3afd105092162f1375b72d892fbce7',
  'goe n=257': '5d20cf930312286c93214960c385f5de3255bafafaa779e653b364a1204a3346',
  'eigh dc n=300': '13eca32e510c592d742a0c9bae4cfc4c425f0dc37c7b92f6605c65c70321dfb0',
  'eigh qr n=150': '2fc1db16f6668db8274f62a1e3477db6370a2c935af4dd3b9be288c05b834912',
  'eigh jacobi n=100': '30087cdbac5ef694002eb6abf9d50e8fe9292c1840b78c9e64a2e7bf0d1b81da',
  'eigh values n=301': 'ba7518dd2d0cb300f050c2835450cef5ac6c9d4f86b4909d1b2e9c093eef1ae3',
  'eigh range n=200': '877054410edf0d8d2c965dc2e02f219efc420373da3b0f904da2b837214c3284',
  'eighComplex dc n=150': '9d52e2351931fd7971c42484342ba4c6520e69a9e5bc4194780421b1346155e5',
  'eighComplex qr n=100': 'e9c5913109180665bbdf5493cbb5040f2a7d78e3942943f4633811dc24014dac',
  'eighComplex jacobi n=50': 'd6ba21d71fdbc18658a9f361268e6f9670fb1a88477157f4526dba21f53ec477',
  'eighComplex values n=151': 'cfc6a404475613c73877e982123bcb5fc1fde56fd101889e46ff5134e263772b',
  'generalized n=200': '5326348c094d8d72b0103ff6ac2996b7aa3101d7c557c59f3ffd63432648574a',
  'generalized complex n=140': '111c0ee7545efd22b89f3f21731f742a42c2dfe24a9015828ee71bd07bdc3bcd',
  'eighBatch n=24': '0508f832b08d82cca495a41390baeb95015ec39145c55be822dbd6450db61f6f',
  'response fit': '0285469a63dca03ec15aaa575d9ea71958347c2810bd9f20a477605776eb2b27',
  'mean field chain n=2000': 'ddf3bd98e2783cffcc738c0b0221d2cebca6e1e8486d4a5caeac74ec4f1eb61b',
  'lattice quasiperiodic R=8': '9448a84471c68837049c4d68274d05a1b54619880c1d022999575cad5d864b9c',
  'lattice random R=8': '293d27f3a7d59d94349b3c5e4727d2f8e123cff058bf91fcda1c37ed5002fe96',
  'grain exact diagonalization N=5': '221f12d1daccf5ec9a312a35536a661a7fd5289eeef6b06cdd4471c7c25669d4',
};
