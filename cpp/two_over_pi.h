// The digits of 2/pi, for arguments of sine and cosine of any size.
#pragma once

namespace slopes::detail {

// Chunk k: binary digits 53 k + 1 to 53 (k + 1) behind the point, as a number below 1.
inline constexpr double two_over_pi[24] = {
    0x1.45f306dc9c882p-1, 0x1.4a7f09d5f47d4p-1, 0x1.a6ee06db14accp-1, 0x1.3c439041fe516p-1,
    0x1.d5ef5de2b0db8p-3, 0x1.2371d2126e97p-2, 0x1.924bba82746p-8, 0x1.21cfe1deb1cb1p-1,
    0x1.4d39f74411af8p-3, 0x1.4baed1213a671p-1, 0x1.8135a2fbf209cp-1, 0x1.91d639835339fp-1,
    0x1.272117e2ef7e4p-2, 0x1.41d8ffc4bffeep-2, 0x1.02cc07f79788cp-1, 0x1.6b414da3eda6cp-2,
    0x1.fb3c9f2c26dd2p-2, 0x1.d18fd9a797fa8p-1, 0x1.6ba93dd63f5f2p-1, 0x1.f17b3d0739f78p-1,
    0x1.4a525d4d7f6bfp-1, 0x1.88fc6ae842bp-2, 0x1.98237e3db5d5fp-1, 0x1.0cfbc209af436p-1};

}  // namespace slopes::detail
