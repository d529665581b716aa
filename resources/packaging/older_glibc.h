/* Included before every source that older.sh compiles. glibc 2.29 gave these a new version, which differs in how errors are
   reported to programs of the eighties alone; asked for under the old one they are found in every glibc of amd64. */
#if defined(__x86_64__) && !defined(__ASSEMBLER__)
__asm__(".symver exp,exp@GLIBC_2.2.5");
__asm__(".symver exp2,exp2@GLIBC_2.2.5");
__asm__(".symver log,log@GLIBC_2.2.5");
__asm__(".symver log2,log2@GLIBC_2.2.5");
__asm__(".symver pow,pow@GLIBC_2.2.5");
#endif
