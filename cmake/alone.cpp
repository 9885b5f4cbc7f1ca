// SPDX-License-Identifier: Apache-2.0
// Links one engine with nothing else: it must need nothing else.
int main() { return 0; }
