// Every page of the program: its address, who sees it, and what must have happened before.
import { scan } from './lib.mjs';
import { decodeBytes } from './paper.mjs';
import { openAs, openTill, printLabels, receive, saleShown, scanAndWait, waitLines } from './shop.mjs';

async function sellAtTill(server, browser, codes) {
  const page = await openTill(browser, server, { till: '2' });
  for (const [i, code] of codes.entries()) {
    await scanAndWait(page, code, i + 1);
  }
  await page.keyboard.press('F2');
  await page.keyboard.type('350.000');
  await page.keyboard.press('Enter');
  const sale = await saleShown(server, page);
  await page.context().close();
  return sale;
}

/** The number of the first paper of a list: the demo has some of each kind. */
async function firstOf(page, path) {
  await page.goto(path);
  const href = await page.locator('main table th a').first().getAttribute('href');
  return href.split('/').at(-1);
}

async function findPapers(page) {
  return {
    transfer: await firstOf(page, '/kirim'),
    count: await firstOf(page, '/hitung'),
    case: await firstOf(page, '/kasus'),
    writeOff: await firstOf(page, '/hapus'),
    work: await firstOf(page, '/perintah'),
    programme: await firstOf(page, '/program'),
  };
}

/** What the pages need to have something on them: a lot with labels, a sold piece, an open cart. */
export async function makeWorld(server, browser) {
  const workshop = await openAs(browser, server, 'workshop');
  const made = await receive(server, workshop, { sku: 'BTK-001', qty: 6, cost: 160_000 });
  const sale = await sellAtTill(server, browser, [made.codes[5], 'KRJ-001', 'OLH-001']);
  const number = encodeURIComponent(sale.number);
  const paper = await workshop.request.get(`/struk/${number}.png?lebar=80`);
  const [symbol] = await decodeBytes(await paper.body());
  const print = await printLabels(workshop, made.lot, { from: 1, to: 4 });
  await makeMaker(workshop);
  const papers = await findPapers(workshop);
  const proposal = await makeProposal(workshop);
  await workshop.context().close();
  return {
    ...papers,
    lot: made.lot,
    proposal,
    print,
    code: made.codes[0],
    sold: made.codes[5],
    number,
    receipt: new URL(symbol).pathname,
    pay: made.codes[1],
  };
}

/** A cost sheet, and a price that waits for somebody else; its number. */
async function makeProposal(page) {
  await page.goto('/barang/BTK-002/biaya');
  await page.locator('#apa-1').fill('kain dan malam');
  await page.locator('#rupiah-1').fill('110.000');
  await page.locator('#jenis-2').selectOption('ongkos');
  await page.locator('#apa-2').fill('listrik dan alat');
  await page.locator('#rupiah-2').fill('50.000');
  await page.locator('main form [type=submit]').click();
  await page.getByText('Versi 1, disusun').waitFor();
  await page.goto('/barang/BTK-002/harga');
  await page.locator('#harga').fill('260.000');
  await page.locator('#dasar').fill('Kain sejenis dijual demikian di kota ini.');
  await page.locator('main form [type=submit]').click();
  await page.waitForURL((url) => url.pathname.startsWith('/harga/UH-'));
  return new URL(page.url()).pathname;
}

/** A maker known to everybody by a code; the name is a fictitious one. */
async function makeMaker(page) {
  await page.goto('/perajin/baru');
  await page.locator('[name=kode]').fill('W-21');
  await page.locator('[name=nama]').fill('Contoh Namasatu');
  await page.locator('[name=register]').fill('BI-000/CONTOH');
  await page.locator('[name=bengkel]').selectOption({ index: 1 });
  await page.locator('[name=dari]').fill('2026-01-01');
  await page.locator('[name=sampai]').fill('2027-12-31');
  await page.locator('[name=dokumen]').fill('SK-CONTOH-1');
  await page.locator('#terampil-1').fill('batik tulis');
  await page.locator('main form [type=submit]').click();
  await page.waitForURL((url) => url.pathname === '/perajin');
}

async function openMaker(page) {
  await page.locator('#tujuan').fill('memeriksa masa izin');
  await page.locator('#tujuan').press('Enter');
  await page.locator('#nama').waitFor();
}

async function fillCart(page, world) {
  await scan(page, world.pay);
  await scan(page, '2*KRJ-001');
  await waitLines(page, 2);
}

async function search(page) {
  await page.goto('/kasir?cari=batik');
  await page.locator('.hits').waitFor();
}

async function tooLittle(page, world) {
  if (new URL(page.url()).pathname === '/kasir') { // an empty cart is sent back
    await fillCart(page, world);
    await page.goto('/kasir/bayar');
  }
  await page.locator('#uang').fill('1000');
  await page.locator('#uang').press('Enter');
  await page.locator('#uang-salah').waitFor();
}

async function submitEmpty(page) {
  await page.locator('main form.form').evaluate((form) => {
    form.noValidate = true;
  });
  await page.locator('main form.form [type=submit]').first().click();
  await page.locator('.summary').waitFor();
}

async function askQuantity(page) {
  await page.goto('/barang/KRJ-001');
  const lot = (await page.locator('main a[href^="/produksi/"]:not([href*=baru])').first().getAttribute('href')).split('/').at(-1);
  await page.goBack();
  await page.locator('#kode').fill(lot);
  await page.locator('#kode').press('Enter');
  await page.locator('#m-banyak form').waitFor();
}

async function noReason(page) {
  await page.locator('main form[method=post]').evaluate((form) => {
    form.noValidate = true;
  });
  await page.locator('main form[method=post] [type=submit]').click();
  await page.locator('.field--wrong').waitFor();
}

async function badFile(page) {
  const heading = 'sku,name,family,workshop,tracking,unit,price_rp,cost_rp,revenue_account';
  const rows = ['BTK-900,Kain contoh,batik,Bengkel Batik,piece,potong,250000,160000,425119',
    'BTK-901,Kain salah,batik,Bengkel Batik,piece,potong,dua ratus,160000,425119'];
  await page.locator('input[type=file]').setInputFiles({
    name: 'barang.csv', mimeType: 'text/csv', buffer: Buffer.from([heading, ...rows].join('\n')),
  });
  await page.locator('form[enctype] [type=submit]').click();
  await page.locator('table').first().waitFor();
}

/**
 * name: of the picture.  route: as `etalase routes` writes it; path(world) opens it.  role: who looks;
 * none is a stranger.  till: stands at a till.  act: what is done on the page before it is looked at.
 * kept: what act did must not be done twice (it is not opened again in English).
 */
export const pages = [
  { name: 'masuk', route: '/masuk' },
  { name: 'masuk-salah', route: '/masuk', act: wrongPassword, kept: true },
  { name: 'kasir-pilih', route: '/kasir/pilih', role: 'cashier' },
  { name: 'kasir-kosong', route: '/kasir', role: 'cashier', till: '2' },
  { name: 'kasir', route: '/kasir', role: 'cashier', till: '1', act: fillCart, kept: true },
  { name: 'kasir-cari', route: '/kasir', role: 'cashier', till: '1', act: search },
  { name: 'kasir-bayar', route: '/kasir/bayar', role: 'cashier', till: '1' },
  { name: 'kasir-uang-kurang', route: '/kasir/bayar', role: 'cashier', till: '1', act: tooLittle },
  { name: 'kasir-izin', route: '/kasir/izin', role: 'cashier', till: '1', path: () => '/kasir/izin?kode=KRJ-001' },
  { name: 'kasir-selesai', route: '/kasir/selesai/{no}', role: 'cashier', till: '1',
    path: (w) => `/kasir/selesai/${w.number}` },
  { name: 'struk-daftar', route: '/struk', role: 'cashier' },
  { name: 'struk', route: '/struk/{no}', role: 'cashier', path: (w) => `/struk/${w.number}` },
  { name: 'struk-publik', route: '/S/{tanda}', path: (w) => w.receipt },
  { name: 'barang', route: '/barang', role: 'supervisor' },
  { name: 'barang-satu', route: '/barang/{sku}', role: 'supervisor', path: () => '/barang/BTK-001' },
  { name: 'barang-baru', route: '/barang/baru', role: 'supervisor' },
  { name: 'barang-baru-salah', route: '/barang/baru', role: 'supervisor', act: submitEmpty, kept: true },
  { name: 'barang-ubah', route: '/barang/{sku}/ubah', role: 'supervisor', path: () => '/barang/BTK-001/ubah' },
  { name: 'barang-foto', route: '/barang/{sku}/foto', role: 'workshop', path: () => '/barang/BTK-001/foto' },
  { name: 'kelompok', route: '/kelompok', role: 'supervisor' },
  { name: 'barang-varian', route: '/barang/{sku}/varian', role: 'supervisor', path: () => '/barang/BTK-001/varian' },
  { name: 'barang-cerita', route: '/barang/{sku}/cerita', role: 'workshop', path: () => '/barang/BTK-001/cerita' },
  { name: 'barang-harga', route: '/barang/{sku}/harga', role: 'supervisor', path: () => '/barang/BTK-001/harga' },
  { name: 'barang-biaya', route: '/barang/{sku}/biaya', role: 'workshop', path: () => '/barang/BTK-002/biaya' },
  { name: 'harga', route: '/harga', role: 'supervisor' },
  { name: 'harga-satu', route: '/harga/{no}', role: 'supervisor', path: (w) => w.proposal },
  { name: 'barang-impor', route: '/barang/impor', role: 'supervisor' },
  { name: 'barang-impor-salah', route: '/barang/impor', role: 'supervisor', act: badFile, kept: true },
  { name: 'stok', route: '/stok', role: 'supervisor' },
  { name: 'stok-tempat', route: '/stok/tempat/{jenis}/{kode}', role: 'supervisor',
    path: () => '/stok/tempat/showroom/galeri' },
  { name: 'stok-tempat-baru', route: '/stok/tempat/baru', role: 'workshop' },
  { name: 'kirim', route: '/kirim', role: 'workshop' },
  { name: 'kirim-baru', route: '/kirim/baru', role: 'workshop' },
  { name: 'kirim-satu', route: '/kirim/{no}', role: 'supervisor', path: (w) => `/kirim/${w.transfer}` },
  { name: 'hitung', route: '/hitung', role: 'workshop' },
  { name: 'hitung-satu', route: '/hitung/{no}', role: 'workshop', path: (w) => `/hitung/${w.count}` },
  { name: 'kasus', route: '/kasus', role: 'supervisor' },
  { name: 'kasus-satu', route: '/kasus/{no}', role: 'supervisor', path: (w) => `/kasus/${w.case}` },
  { name: 'hapus', route: '/hapus', role: 'supervisor' },
  { name: 'hapus-baru', route: '/hapus/baru', role: 'workshop' },
  { name: 'hapus-satu', route: '/hapus/{no}', role: 'supervisor', path: (w) => `/hapus/${w.writeOff}` },
  { name: 'bahan', route: '/bahan', role: 'workshop' },
  { name: 'bahan-terima', route: '/bahan/terima', role: 'workshop' },
  { name: 'perintah', route: '/perintah', role: 'workshop' },
  { name: 'perintah-baru', route: '/perintah/baru', role: 'workshop' },
  { name: 'perintah-satu', route: '/perintah/{no}', role: 'workshop', path: (w) => `/perintah/${w.work}` },
  { name: 'program', route: '/program', role: 'workshop' },
  { name: 'program-satu', route: '/program/{kode}', role: 'supervisor', path: (w) => `/program/${w.programme}` },
  { name: 'produksi', route: '/produksi', role: 'workshop' },
  { name: 'produksi-baru', route: '/produksi/baru', role: 'workshop', path: () => '/produksi/baru?barang=BTK-001' },
  { name: 'produksi-lot', route: '/produksi/{lot}', role: 'workshop', path: (w) => `/produksi/${w.lot}` },
  { name: 'label', route: '/label/{lot}', role: 'workshop', path: (w) => `/label/${w.lot}` },
  { name: 'label-daftar', route: '/label', role: 'workshop' },
  { name: 'label-cetakan', route: '/label/cetak/{no}', role: 'workshop', path: (w) => `/label/cetak/${w.print}` },
  { name: 'label-cetakan-tidak-ada', route: '/label/cetak/{no}', role: 'workshop', path: () => '/label/cetak/LB-2026-9999',
    status: 404 },
  { name: 'label-printer', route: '/label/printer', role: 'workshop' },
  { name: 'label-uji', route: '/label/uji', role: 'workshop', path: (w) => `/label/uji?teks=https://lama.example/p/${w.code}` },
  { name: 'publik', route: '/P/{kode}', path: (w) => `/P/${w.code}` },
  { name: 'publik-terjual', route: '/P/{kode}', path: (w) => `/P/${w.sold}` },
  { name: 'publik-salah', route: '/P/{kode}', path: () => '/P/B000000000', status: 404 },
  { name: 'publik-tidak-dikenal', route: '/P/{kode}', path: () => '/P/LAIN-LAIN', status: 404 },
  { name: 'publik-staf', route: '/P/{kode}', role: 'supervisor', path: (w) => `/P/${w.sold}` },
  { name: 'ponsel', route: '/m', role: 'workshop' },
  { name: 'ponsel-pindai', route: '/m/pindai', role: 'workshop' },
  { name: 'ponsel-hitung', route: '/m/hitung/{no}', role: 'workshop', path: (w) => `/m/hitung/${w.count}` },
  { name: 'ponsel-hitung-lot', route: '/m/hitung/{no}', role: 'workshop', path: (w) => `/m/hitung/${w.count}`,
    act: askQuantity },
  { name: 'ponsel-terima', route: '/m/terima/{no}', role: 'supervisor', path: (w) => `/m/terima/${w.transfer}` },
  { name: 'ponsel-terima-kurang', route: '/m/terima/{no}', role: 'supervisor',
    path: (w) => `/m/terima/${w.transfer}?kode=${w.code}`, act: noReason, kept: true },
  { name: 'ponsel-hitung-tidak-ada', route: '/m/hitung/{no}', role: 'workshop', path: () => '/m/hitung/SO-2026-9999',
    status: 404 },
  { name: 'ponsel-pindai-barang', route: '/m/pindai', role: 'supervisor', path: (w) => `/m/pindai?kode=${w.code}` },
  { name: 'ponsel-pindai-terjual', route: '/m/pindai', role: 'cashier', path: (w) => `/m/pindai?kode=${w.sold}` },
  { name: 'perajin', route: '/perajin', role: 'workshop' },
  { name: 'perajin-baru', route: '/perajin/baru', role: 'workshop' },
  { name: 'perajin-satu', route: '/perajin/{kode}', role: 'workshop', path: () => '/perajin/W-21' },
  { name: 'perajin-data', route: '/perajin/{kode}', role: 'supervisor', path: () => '/perajin/W-21',
    act: openMaker, kept: true },
  { name: 'pnbp', route: '/pnbp', role: 'treasurer' },
  { name: 'atur', route: '/atur', role: 'admin' },
  { name: 'atur-pengguna', route: '/atur/pengguna', role: 'admin' },
  { name: 'atur-pengguna-satu', route: '/atur/pengguna/{login}', role: 'admin', path: () => '/atur/pengguna/kasir' },
  { name: 'atur-kunci', route: '/atur/kunci', role: 'admin' },
  { name: 'bantuan', route: '/bantuan', role: 'cashier' },
  { name: 'tidak-ada', route: '', path: () => '/tidak-ada', role: 'cashier', status: 404 },
  { name: 'bukan-haknya', route: '', path: () => '/atur', role: 'cashier', status: 403 },
  { name: 'jejak', route: '/jejak', role: 'auditor' },
  { name: 'jejak-tidak-ada', route: '/jejak', role: 'auditor', path: () => '/jejak?cari=TIDAK-ADA',
    status: 404 },
  { name: 'jejak-label', route: '/jejak/label/{kode}', role: 'auditor',
    path: (w) => `/jejak/label/${w.sold}` },
  { name: 'jejak-lot', route: '/jejak/label/{kode}', role: 'auditor',
    path: (w) => `/jejak/label/${w.lot}` },
  { name: 'jejak-struk', route: '/jejak/struk/{no}', role: 'auditor',
    path: (w) => `/jejak/struk/${w.number}` },
  { name: 'jejak-surat', route: '/jejak/dokumen/{no}', role: 'auditor',
    path: (w) => `/jejak/dokumen/${w.transfer}` },
  { name: 'jejak-barang', route: '/jejak/barang/{sku}', role: 'auditor',
    path: () => '/jejak/barang/BTK-001' },
  { name: 'laporan', route: '/laporan', role: 'auditor' },
  { name: 'laku', route: '/laporan/laku', role: 'auditor' },
  { name: 'laku-barang', route: '/laporan/laku', role: 'auditor',
    path: () => '/laporan/laku?menurut=barang' },
];

async function wrongPassword(page) {
  await page.locator('input[autocomplete=username]').fill('bukan-siapa-siapa');
  await page.locator('input[autocomplete=current-password]').fill('salah');
  await page.locator('input[autocomplete=current-password]').press('Enter');
  await page.locator('.summary').waitFor();
}

/** One page a person, kept open: page(about) is the one of that role, at its till. */
export function people(server, browser, openPage) {
  const open = new Map();
  return async ({ role, till }) => {
    const key = `${role} ${till}`;
    if (!open.has(key)) {
      const opened = till ? openTill(browser, server, { role, till })
        : role ? openAs(browser, server, role) : openPage(browser, server);
      open.set(key, await opened);
    }
    return open.get(key);
  };
}

/** Opens a page of the table and does what it says; its status. */
export async function visit(page, about, world) {
  const answer = await page.goto(about.path ? about.path(world) : about.route);
  if (about.act) {
    await about.act(page, world);
  }
  return answer.status();
}
