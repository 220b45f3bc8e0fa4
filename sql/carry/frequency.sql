/*
description: >
  How common names and number parts were when they were last counted, so that a night with few changes weighs as the
  night before did.
grain: [kind, key]
columns:
  kind: surname, given, first6, first4, serial; people (their number, under the digest of the model file); unseen
  key: what is common
  share: share of the people, 0 to 1
*/
SELECT
    kind,
    key,
    share
FROM link.frequency
