/** The voices and languages of twilio's SDK. `vitest run test/flow/voices.test.ts -u` regenerates it. */

/** Amazon Polly's voices. */
export const POLLY = `
Aditi Amy Astrid Bianca Brian Camila Carla Carmen Celine Chantal Conchita Cristiano Dora Emma Enrique Ewa
Filiz Geraint Giorgio Gwyneth Hans Ines Ivy Jacek Jan Joanna Joey Justin Karl Kendra Kevin Kimberly Lea Liv
Lotte Lucia Lupe Mads Maja Marlene Mathieu Matthew Maxim Mia Miguel Mizuki Naja Nicole Penelope Raveena
Ricardo Ruben Russell Salli Seoyeon Takumi Tatyana Vicki Vitoria Zeina Zhiyu Adriano-Neural Amy-Neural
Andres-Neural Aria-Neural Arlet-Neural Arthur-Neural Ayanda-Neural Bianca-Neural Brian-Neural Burcu-Neural
Camila-Neural Daniel-Neural Danielle-Neural Elin-Neural Emma-Neural Gabrielle-Neural Gregory-Neural
Hala-Neural Hannah-Neural Hiujin-Neural Ida-Neural Ines-Neural Isabelle-Neural Ivy-Neural Joanna-Neural
Joey-Neural Justin-Neural Kajal-Neural Kazuha-Neural Kendra-Neural Kevin-Neural Kimberly-Neural Laura-Neural
Lea-Neural Liam-Neural Lisa-Neural Lucia-Neural Lupe-Neural Matthew-Neural Mia-Neural Niamh-Neural
Ola-Neural Olivia-Neural Pedro-Neural Remi-Neural Ruth-Neural Salli-Neural Seoyeon-Neural Sergio-Neural
Sofie-Neural Stephen-Neural Suvi-Neural Takumi-Neural Thiago-Neural Tomoko-Neural Vicki-Neural
Vitoria-Neural Zayd-Neural Zhiyu-Neural Amy-Generative Andres-Generative Ayanda-Generative Bianca-Generative
Daniel-Generative Danielle-Generative Joanna-Generative Kajal-Generative Lea-Generative Lucia-Generative
Lupe-Generative Matthew-Generative Mía-Generative Olivia-Generative Pedro-Generative Rémi-Generative
Ruth-Generative Sergio-Generative Stephen-Generative Vicki-Generative
`;

/** Google's voices, a line for each language. */
export const GOOGLE = `
af-ZA Standard:A
am-ET Standard:A,B Wavenet:A,B
ar-XA Chirp3-HD:Aoede,Charon,Fenrir,Kore,Leda,Orus,Puck,Zephyr Standard:A,B,C,D Wavenet:A,B,C,D
bg-BG Standard:A,B
bn-IN Chirp3-HD:Aoede,Charon,Fenrir,Kore,Leda,Orus,Puck,Zephyr Standard:A,B,C,D Wavenet:A,B,C,D
ca-ES Standard:A,B
cmn-CN Chirp3-HD:Aoede,Charon,Fenrir,Kore,Leda,Orus,Puck,Zephyr Standard:A,B,C,D Wavenet:A,B,C,D
cmn-TW Standard:A,B,C Wavenet:A,B,C
cs-CZ Standard:A,B Wavenet:A,B
da-DK Neural2:D,F Standard:A,C,D,E,F,G Wavenet:A,C,D,E,F,G
de-DE Chirp3-HD:Aoede,Charon,Fenrir,Kore,Leda,Orus,Puck,Zephyr Neural2:A,B,C,D,F,G,H Standard:A,B,C,D,E,F,G,H Wavenet:A,B,C,D,E,F,G,H
el-GR Standard:A,B Wavenet:A,B
en-AU Chirp3-HD:Aoede,Charon,Fenrir,Kore,Leda,Orus,Puck,Zephyr Neural2:A,B,C,D Standard:A,B,C,D Wavenet:A,B,C,D
en-GB Chirp3-HD:Aoede,Charon,Fenrir,Kore,Leda,Orus,Puck,Zephyr Neural2:A,B,C,D,F,N,O Standard:A,B,C,D,F,N,O Wavenet:A,B,C,D,F,N,O
en-IN Chirp3-HD:Aoede,Charon,Fenrir,Kore,Leda,Orus,Puck,Zephyr Neural2:A,B,C,D Standard:A,B,C,D,E,F Wavenet:A,B,C,D,E,F
en-US Chirp3-HD:Aoede,Charon,Fenrir,Kore,Leda,Orus,Puck,Zephyr Neural2:A,C,D,E,F,G,H,I,J Standard:A,B,C,D,E,F,G,H,I,J Wavenet:A,B,C,D,E,F,G,H,I,J
es-ES Chirp3-HD:Aoede,Charon,Fenrir,Kore,Leda,Orus,Puck,Zephyr Neural2:A,B,C,D,E,F,G,H Standard:A,B,C,D,E,F,G,H Wavenet:B,C,D,E,F,G,H
es-US Chirp3-HD:Aoede,Charon,Fenrir,Kore,Leda,Orus,Puck,Zephyr Neural2:A,B,C Standard:A,B,C Wavenet:A,B,C
eu-ES Standard:A,B
fi-FI Standard:A,B Wavenet:A,B
fil-ph Neural2:A,D
fil-PH Standard:A,B,C,D Wavenet:A,B,C,D
fr-CA Chirp3-HD:Aoede,Charon,Fenrir,Kore,Leda,Orus,Puck,Zephyr Neural2:A,B,C,D Standard:A,B,C,D Wavenet:A,B,C,D
fr-FR Chirp3-HD:Aoede,Charon,Fenrir,Kore,Leda,Orus,Puck,Zephyr Neural2:A,B,C,D,E,F,G Standard:A,B,C,D,E,F,G Wavenet:A,B,C,D,E,F,G
gl-ES Standard:A,B
gu-IN Chirp3-HD:Aoede,Charon,Fenrir,Kore,Leda,Orus,Puck,Zephyr Standard:A,B,C,D Wavenet:A,B,C,D
he-IL Standard:A,B,C,D Wavenet:A,B,C,D
hi-IN Chirp3-HD:Aoede,Charon,Fenrir,Kore,Leda,Orus,Puck,Zephyr Neural2:A,B,C,D Standard:A,B,C,D,E,F Wavenet:A,B,C,D,E,F
hu-HU Standard:A,B Wavenet:A
id-ID Chirp3-HD:Aoede,Charon,Fenrir,Kore,Leda,Orus,Puck,Zephyr Standard:A,B,C,D Wavenet:A,B,C,D
is-IS Standard:A,B
it-IT Chirp3-HD:Aoede,Charon,Fenrir,Kore,Leda,Orus,Puck,Zephyr Neural2:A,C,F Standard:A,B,C,D,E,F Wavenet:A,B,C,D,E,F
ja-JP Chirp3-HD:Aoede,Charon,Fenrir,Kore,Leda,Orus,Puck,Zephyr Neural2:B,C,D Standard:A,B,C,D Wavenet:A,B,C,D
kn-IN Chirp3-HD:Aoede,Charon,Fenrir,Kore,Leda,Orus,Puck,Zephyr Standard:A,B,C,D Wavenet:A,B,C,D
ko-KR Chirp3-HD:Aoede,Charon,Fenrir,Kore,Leda,Orus,Puck,Zephyr Neural2:A,B,C Standard:A,B,C,D Wavenet:A,B,C,D
lt-LT Standard:A,B
lv-LV Standard:A,B
ml-IN Chirp3-HD:Aoede,Charon,Fenrir,Kore,Leda,Orus,Puck,Zephyr Standard:A,B,C,D Wavenet:A,B,C,D
mr-IN Chirp3-HD:Aoede,Charon,Fenrir,Kore,Leda,Orus,Puck,Zephyr Standard:A,B,C Wavenet:A,B,C
ms-MY Standard:A,B,C,D Wavenet:A,B,C,D
nb-NO Standard:A,B,C,D,E,F,G Wavenet:A,B,C,D,E,F,G
nl-BE Standard:A,B,C,D Wavenet:A,B,C,D
nl-NL Chirp3-HD:Aoede,Charon,Fenrir,Kore,Leda,Orus,Puck,Zephyr Standard:A,B,C,D,E,F,G Wavenet:A,B,C,D,E,F,G
pa-IN Standard:A,B,C,D Wavenet:A,B,C,D
pl-PL Chirp3-HD:Aoede,Charon,Fenrir,Kore,Leda,Orus,Puck,Zephyr Standard:A,B,C,D,E,F,G Wavenet:A,B,C,D,E,F,G
pt-BR Chirp3-HD:Aoede,Charon,Fenrir,Kore,Leda,Orus,Puck,Zephyr Neural2:A,B,C Standard:A,B,C,D,E Wavenet:A,B,C,D,E
pt-PT Standard:A,B,C,D,E,F Wavenet:A,B,C,D,E,F
ro-RO Standard:A,B Wavenet:A,B
ru-RU Chirp3-HD:Aoede,Charon,Fenrir,Kore,Leda,Orus,Puck,Zephyr Standard:A,B,C,D,E Wavenet:A,B,C,D,E
sk-SK Standard:A,B Wavenet:A,B
sr-RS Standard:A
sv-SE Standard:A,B,C,D,E,F,G Wavenet:A,B,C,D,E,F,G
ta-IN Chirp3-HD:Aoede,Charon,Fenrir,Kore,Leda,Orus,Puck,Zephyr Standard:A,B,C,D Wavenet:A,B,C,D
te-IN Chirp3-HD:Aoede,Charon,Fenrir,Kore,Leda,Orus,Puck,Zephyr Standard:A,B,C,D
th-TH Chirp3-HD:Aoede,Charon,Fenrir,Kore,Leda,Orus,Puck,Zephyr Neural2:C Standard:A
tr-TR Chirp3-HD:Aoede,Charon,Fenrir,Kore,Leda,Orus,Puck,Zephyr Standard:A,B,C,D,E Wavenet:A,B,C,D,E
uk-UA Standard:A Wavenet:A
vi-VN Chirp3-HD:Aoede,Charon,Fenrir,Kore,Leda,Orus,Puck,Zephyr Neural2:A,D Standard:A,B,C,D Wavenet:A,B,C,D
yue-HK Standard:A,B,C,D
`;

/** Languages that can be spoken. */
export const SAY_LANGUAGES = `
af-ZA am-ET ar-AE ar-XA arb bg-BG bn-IN ca-ES cmn-CN cmn-TW cs-CZ cy-GB da-DK de-AT de-DE el-GR en-AU en-CA
en-GB en-GB-WLS en-IE en-IN en-NZ en-US en-ZA es-ES es-MX es-US fi-FI fil-PH fr-CA fr-FR fr-BE gu-IN he-IL
hi-IN hu-HU id-ID is-IS it-IT ja-JP kn-IN ko-KR lv-LV ml-IN mr-IN ms-MY nb-NO nl-BE nl-NL pa-IN pl-PL pt-BR
pt-PT ro-RO ru-RU sk-SK sr-RS sv-SE ta-IN te-IN th-TH tr-TR uk-UA vi-VN yue-HK zh-CN zh-HK zh-TW
`;

/** Languages that can be heard. */
export const GATHER_LANGUAGES = `
af-ZA am-ET ar-AE ar-BH ar-DZ ar-EG ar-IL ar-IQ ar-JO ar-KW ar-LB ar-MA ar-OM ar-PS ar-QA ar-SA ar-TN az-AZ
bg-BG bn-BD bn-IN ca-ES cs-CZ da-DK de-DE el-GR en-AU en-CA en-GB en-GH en-IE en-IN en-KE en-NG en-NZ en-PH
en-SG en-TZ en-US en-ZA es-AR es-BO es-CL es-CO es-CR es-DO es-EC es-ES es-GT es-HN es-MX es-NI es-PA es-PE
es-PR es-PY es-SV es-US es-UY es-VE et-EE eu-ES fa-IR fi-FI fil-PH fr-CA fr-FR gl-ES gu-IN he-IL hi-IN hr-HR
hu-HU hy-AM id-ID is-IS it-IT ja-JP jv-ID ka-GE km-KH kn-IN ko-KR lo-LA lt-LT lv-LV mk-MK ml-IN mn-MN mr-IN
ms-MY my-MM nar-IQ nb-NO ne-NP nl-BE nl-NL pa-guru-IN pl-PL pt-BR pt-PT ro-RO ru-RU si-LK sk-SK sl-SI sq-AL
sr-RS su-ID sv-SE sw-KE sw-TZ ta-IN ta-LK ta-MY ta-SG te-IN th-TH tr-TR uk-UA ur-IN ur-PK uz-UZ vi-VN
yue-Hant-HK zh cmn-Hans-CN zh-TW cmn-Hant-TW zu-ZA
`;
