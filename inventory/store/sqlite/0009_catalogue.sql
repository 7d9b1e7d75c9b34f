-- Photos and stories of the catalogue.

-- The journal seals what a photo shows by the digests of its two files; the files are local.
CREATE TABLE photo (
    site         TEXT    NOT NULL,
    act_id       BLOB    NOT NULL CHECK (length(act_id) = 16),
    id           BLOB    NOT NULL CHECK (length(id) = 16),
    subject      TEXT    NOT NULL CHECK (subject IN ('product', 'quality', 'damage', 'count')),
    subject_id   BLOB    NOT NULL CHECK (length(subject_id) = 16),
    n            INTEGER NOT NULL CHECK (n > 0),
    digest       BLOB    NOT NULL CHECK (length(digest) = 32),
    small_digest BLOB    NOT NULL CHECK (length(small_digest) = 32),
    width        INTEGER NOT NULL CHECK (width BETWEEN 1 AND 1280),
    height       INTEGER NOT NULL CHECK (height BETWEEN 1 AND 1280),
    caption      TEXT    NOT NULL CHECK (length(caption) <= 120),
    PRIMARY KEY (site, id),
    UNIQUE (site, subject, subject_id, n)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER photo_is_final_u BEFORE UPDATE ON photo
BEGIN
    SELECT RAISE(ABORT, 'photo is append-only');
END;
CREATE TRIGGER photo_is_final_d BEFORE DELETE ON photo
BEGIN
    SELECT RAISE(ABORT, 'photo is append-only');
END;
CREATE INDEX photo_by_digest ON photo (site, digest, subject);
CREATE INDEX photo_by_small_digest ON photo (site, small_digest, subject);

CREATE TABLE photo_hidden (
    site     TEXT NOT NULL,
    act_id   BLOB NOT NULL CHECK (length(act_id) = 16),
    photo_id BLOB NOT NULL CHECK (length(photo_id) = 16),
    reason   TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 200),
    PRIMARY KEY (site, photo_id),
    FOREIGN KEY (site, photo_id) REFERENCES photo (site, id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER photo_hidden_is_final_u BEFORE UPDATE ON photo_hidden
BEGIN
    SELECT RAISE(ABORT, 'photo_hidden is append-only');
END;
CREATE TRIGGER photo_hidden_is_final_d BEFORE DELETE ON photo_hidden
BEGIN
    SELECT RAISE(ABORT, 'photo_hidden is append-only');
END;

-- The newest counts.
CREATE TABLE product_story (
    site       TEXT    NOT NULL,
    act_id     BLOB    NOT NULL CHECK (length(act_id) = 16),
    product_id BLOB    NOT NULL CHECK (length(product_id) = 16),
    rev        INTEGER NOT NULL CHECK (rev BETWEEN 1 AND 1000000),
    story      TEXT    NOT NULL CHECK (length(story) <= 2000),
    PRIMARY KEY (site, product_id, rev),
    FOREIGN KEY (site, product_id) REFERENCES product (site, id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER product_story_is_final_u BEFORE UPDATE ON product_story
BEGIN
    SELECT RAISE(ABORT, 'product_story is append-only');
END;
CREATE TRIGGER product_story_is_final_d BEFORE DELETE ON product_story
BEGIN
    SELECT RAISE(ABORT, 'product_story is append-only');
END;

-- The files.  Local: too large for the journal, which holds their digests.
CREATE TABLE photo_bytes (
    site   TEXT NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    bytes  BLOB NOT NULL,
    PRIMARY KEY (site, digest)
) STRICT;
