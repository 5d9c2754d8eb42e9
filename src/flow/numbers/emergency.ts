/** Emergency and similar numbers. A computer that calls one has no location. */

/** Emergency and similar numbers, as dialled in their countries. They are not in E.164 form. */
export const EMERGENCY: readonly string[] =
  "000 061 062 08 100 101 102 103 104 105 107 108 110 111 112 113 114 115 116 117 118 119 120 122 123 128 129 133 140 143 144 15 150 155 158 17 18 180 190 191 192 193 194 195 197 198 199 911 933 988 990 991 992 993 994 995 997 998 999".split(
    " ",
  );

/** Emergency numbers that telephone systems do not use as extensions. */
export const EMERGENCY_EXTENSIONS: readonly string[] = ["000", "112", "911", "999"];
