-- Photos and stories of the catalogue.

-- The journal seals what a photo shows by the digests of its two files; the files are local.
CREATE TABLE photo (
    site         TEXT   NOT NULL,
    act_id       BYTEA  NOT NULL CHECK (length(act_id) = 16),
    id           BYTEA  NOT NULL CHECK (length(id) = 16),
    subject      TEXT   NOT NULL CHECK (subject IN ('product', 'quality', 'damage', 'count')),
    subject_id   BYTEA  NOT NULL CHECK (length(subject_id) = 16),
    n            BIGINT NOT NULL CHECK (n > 0),
    digest       BYTEA  NOT NULL CHECK (length(digest) = 32),
    small_digest BYTEA  NOT NULL CHECK (length(small_digest) = 32),
    width        BIGINT NOT NULL CHECK (width BETWEEN 1 AND 1280),
    height       BIGINT NOT NULL CHECK (height BETWEEN 1 AND 1280),
    caption      TEXT   NOT NULL CHECK (length(caption) <= 120),
    PRIMARY KEY (site, id),
    UNIQUE (site, subject, subject_id, n)
);
CREATE TRIGGER photo_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON photo
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();
CREATE INDEX photo_by_digest ON photo (site, digest, subject);
CREATE INDEX photo_by_small_digest ON photo (site, small_digest, subject);
GRANT SELECT, INSERT ON photo TO etalase;

CREATE TABLE photo_hidden (
    site     TEXT  NOT NULL,
    act_id   BYTEA NOT NULL CHECK (length(act_id) = 16),
    photo_id BYTEA NOT NULL CHECK (length(photo_id) = 16),
    reason   TEXT  NOT NULL CHECK (length(reason) BETWEEN 1 AND 200),
    PRIMARY KEY (site, photo_id),
    FOREIGN KEY (site, photo_id) REFERENCES photo (site, id)
);
CREATE TRIGGER photo_hidden_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON photo_hidden
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();
GRANT SELECT, INSERT ON photo_hidden TO etalase;

-- The newest counts.
CREATE TABLE product_story (
    site       TEXT   NOT NULL,
    act_id     BYTEA  NOT NULL CHECK (length(act_id) = 16),
    product_id BYTEA  NOT NULL CHECK (length(product_id) = 16),
    rev        BIGINT NOT NULL CHECK (rev BETWEEN 1 AND 1000000),
    story      TEXT   NOT NULL CHECK (length(story) <= 2000),
    PRIMARY KEY (site, product_id, rev),
    FOREIGN KEY (site, product_id) REFERENCES product (site, id)
);
CREATE TRIGGER product_story_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON product_story
    FOR EACH STATEMENT EXECUTE FUNCTION is_final();
GRANT SELECT, INSERT ON product_story TO etalase;

-- The files.  Local: too large for the journal, which holds their digests.
CREATE TABLE photo_bytes (
    site   TEXT  NOT NULL,
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    bytes  BYTEA NOT NULL,
    PRIMARY KEY (site, digest)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON photo_bytes TO etalase;
