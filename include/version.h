/* The version that this tree is or becomes; docs/etalase.1 and CHANGELOG.md say the same. */
#ifndef VERSION_H
#define VERSION_H

#define ETALASE_VERSION "0.1.0"

#endif
